"""Reads what other tools write, where it means the same, by rewriting it as Camunda 8's.

Camunda 7, Operaton, Flowable and Activiti share a vocabulary with different prefixes,
and JUEL as the language of expressions. What is rewritten here is read by the rest of the
dialect as if it had been drawn so; what means something else is left standing, and is
named as a finding there.
"""

from engine.bpmn.dialect.foreign.rewriting import rewrite

__all__ = ["rewrite"]
