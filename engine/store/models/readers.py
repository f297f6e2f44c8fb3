"""The table of roles whose people read reports, or all cases, of a policy."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.models.columns import Base, Key


class PolicyReader(Base):
    """What a role may read of a policy, as its active deployment says."""

    __tablename__ = "policy_reader"

    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"), primary_key=True)
    role: Mapped[Key] = mapped_column(primary_key=True)
    reads: Mapped[Key] = mapped_column(primary_key=True)  #: cases or reports.
