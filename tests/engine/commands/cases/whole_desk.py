"""The policy that is open to the public, with everything that can come after its steps."""

from engine.policy import Bundle
from engine.policy.sections.reports import REPORT_KINDS
from tests.engine.commands.conftest import changed
from tests.open_desk import OPEN_BUNDLES

_DECISION = """\
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"
  id="tone-definitions" name="口径" namespace="http://camunda.org/schema/1.0/dmn">
  <decision id="tone" name="口径">
    <decisionTable id="tone-table" hitPolicy="FIRST">
      <input id="i1"><inputExpression id="i1e" typeRef="string">
        <text>customerName</text></inputExpression></input>
      <input id="i2"><inputExpression id="i2e" typeRef="string">
        <text>subject + " / " + string(reply)</text></inputExpression></input>
      <output id="o1" name="words" typeRef="string"/>
      <rule id="r1">
        <inputEntry id="r1a"><text>-</text></inputEntry>
        <inputEntry id="r1b"><text>-</text></inputEntry>
        <outputEntry id="r1c"><text>"致 " + customerName + "：" + subject</text>
        </outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>
"""
_STEPS = """\
<bpmn:businessRuleTask id="sort" name="确定口径">
  <bpmn:extensionElements>
    <zeebe:calledDecision decisionId="tone" resultVariable="words"/>
  </bpmn:extensionElements>
  <bpmn:incoming>f7</bpmn:incoming><bpmn:outgoing>f8</bpmn:outgoing>
</bpmn:businessRuleTask>
<bpmn:sendTask id="tell" name="告知">
  <bpmn:extensionElements>
    <zeebe:taskDefinition type="notify"/>
    <zeebe:taskHeaders>
      <zeebe:header key="letter" value="outcome"/>
      <zeebe:header key="groups" value="clerk"/>
      <zeebe:header key="email" value="=customerEmail"/>
    </zeebe:taskHeaders>
  </bpmn:extensionElements>
  <bpmn:incoming>f8</bpmn:incoming><bpmn:outgoing>f9</bpmn:outgoing>
</bpmn:sendTask>
<bpmn:serviceTask id="follow" name="回访立案">
  <bpmn:extensionElements>
    <zeebe:taskDefinition type="open-case"/>
    <zeebe:taskHeaders>
      <zeebe:header key="process" value="complaint"/>
      <zeebe:header key="values" value="={customerName: customerName,
        customerEmail: customerEmail, subject: subject, details: words, photos: photos}"/>
      <zeebe:header key="relation" value="follow-up"/>
    </zeebe:taskHeaders>
  </bpmn:extensionElements>
  <bpmn:incoming>f9</bpmn:incoming><bpmn:outgoing>f10</bpmn:outgoing>
</bpmn:serviceTask>
<bpmn:sequenceFlow id="f8" sourceRef="sort" targetRef="tell"/>
<bpmn:sequenceFlow id="f9" sourceRef="tell" targetRef="follow"/>
<bpmn:sequenceFlow id="f10" sourceRef="follow" targetRef="done"/>
"""
_LETTER = """\
+++
title = "{{ customerName }}的投诉已有结果"
+++
{{ words }}：{{ outcome }}。客户补充：{{ reply }}
"""
#: Read from what the customer typed, though it should name people and units.
_NAMED = """\
unit = "= details"
excluded = "= [details]"

[confidential]
when = "= case.openedFrom != null"
roles = ["clerk"]
spokesperson = "= details"

"""
_LEDGER = """
[ledger]
title = "投诉台账"
readers = ["clerk"]
close-day = 5
[[ledger.column]]
id = "customer"
title = "客户"
value = "= customerName"
[[ledger.column]]
id = "subject"
title = "事由"
value = "= subject"
[[ledger.column]]
id = "asked"
title = "是否补充"
value = "= needsMore"
kind = "yes-no"
[[ledger.column]]
id = "remark"
title = "评价"
value = "= survey.words"
[statistics]
hot-spot = "asked"
reopened = "= case.openedFrom != null"
solved-once = "= needsMore = false"
satisfaction = "= if survey = null then null else number(survey.score)"
[[statistics.group]]
column = "asked"
"""


def whole_desk() -> Bundle:
    """Return it with a decision, a letter, a linked case, a ledger and all reports."""
    bundle = Bundle.from_folders(OPEN_BUNDLES, "open-desk")
    bundle = changed(bundle, "complaint.bpmn", "<bpmn:incoming>f7", "<bpmn:incoming>f10")
    flow = '<bpmn:sequenceFlow id="f7" sourceRef="decide" targetRef="'
    bundle = changed(bundle, "complaint.bpmn", f'{flow}done"/>', f'{flow}sort"/>{_STEPS}')
    offer = 'candidateGroups="clerk"/>\n        <zeebe:properties>\n'
    offer += '          <zeebe:property name="public" value="正在处理'
    odd = offer.replace('"clerk"', '"=[&quot;clerk&quot;, details]"', 1)
    odd = odd.replace("candidateGroups", 'candidateUsers="=[details]" candidateGroups')
    bundle = changed(bundle, "complaint.bpmn", offer, odd)
    reports = "".join(
        f'\n[[report]]\nkind = "{kind}"\ntitle = "报表 {kind}"\n'
        for kind in REPORT_KINDS
        if kind != "unit-rate"
    )
    text = bundle.text("policy.toml")
    text = text.replace("[public]", f"{_NAMED}[public]", 1)
    policy = text + _LEDGER + reports
    more = {"policy.toml": policy, "tone.dmn": _DECISION, "letters/outcome.md": _LETTER}
    files = {name: text.encode() for name, text in more.items()}
    return Bundle(bundle.key, {**bundle.files, **files})
