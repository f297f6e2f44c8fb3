"""How a message leaves the house.

What is said, to whom and when is policy; this package only carries it. It knows
nothing of cases, and it is never called inside a transaction.
"""

from engine.delivery.mail import Mail, Transport
from engine.delivery.refusal import DeliveryError
from engine.delivery.smtp import SmtpTransport, open_transport

__all__ = ["DeliveryError", "Mail", "SmtpTransport", "Transport", "open_transport"]
