"""How a message leaves the house.

What is said, to whom and when is policy; this package only carries it. It knows
nothing of cases, and it is never called inside a transaction.
"""

from engine.delivery.chat import ChatTransport, Robot, RobotKind
from engine.delivery.mail import Mail, Transport
from engine.delivery.refusal import DeliveryError
from engine.delivery.robot_transport import RobotTransport
from engine.delivery.smtp import SmtpTransport, open_transport

__all__ = [
    "ChatTransport",
    "DeliveryError",
    "Mail",
    "Robot",
    "RobotKind",
    "RobotTransport",
    "SmtpTransport",
    "Transport",
    "open_transport",
]
