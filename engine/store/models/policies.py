"""Tables of policies and their deployments, which never change."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from engine.model import Json
from engine.store.models.columns import Base, Digest, JsonText, Key


class Policy(Base):
    """A policy by its key, and which deployment new cases take."""

    __tablename__ = "policy"

    key: Mapped[Key] = mapped_column(primary_key=True)
    title: Mapped[str]
    owner: Mapped[Key]
    active_deployment_id: Mapped[int | None] = mapped_column(
        ForeignKey("deployment.id", use_alter=True)
    )
    created_at: Mapped[datetime]
    active_deployment: Mapped["Deployment | None"] = relationship(
        foreign_keys=[active_deployment_id], post_update=True
    )


class Deployment(Base):
    """A bundle made available, numbered 1, 2, 3… within its policy."""

    __tablename__ = "deployment"
    __table_args__ = (UniqueConstraint("policy_key", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    policy_key: Mapped[Key] = mapped_column(ForeignKey("policy.key"))
    number: Mapped[int]
    digest: Mapped[Digest] = mapped_column(index=True)
    title: Mapped[str]
    deployed_at: Mapped[datetime]
    deployed_by: Mapped[Key]
    activated_at: Mapped[datetime | None]  #: When it was last made the active one.
    findings: Mapped[list[Json]] = mapped_column(JsonText)  #: Warnings that it came with.
    files: Mapped[list["DeploymentFile"]] = relationship(order_by="DeploymentFile.path")


class DeploymentFile(Base):
    """One file of a deployment."""

    __tablename__ = "deployment_file"

    deployment_id: Mapped[int] = mapped_column(
        ForeignKey("deployment.id"), primary_key=True
    )
    path: Mapped[Key] = mapped_column(primary_key=True)
    digest: Mapped[Digest]
    content: Mapped[bytes] = mapped_column(LargeBinary)
