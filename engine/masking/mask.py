"""Masks one value so that who knows it recognises it, and nobody else learns it."""

import re

_STAR = "*"
_MOST_STARS = 8
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_IDENTITY = re.compile(r"\d{17}[\dXx]")
_PHONE = re.compile(r"\+?[\d()（）\s-]{5,}")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LONGEST_NAME = 4
_PLACE = re.compile(r".{1,6}?(?:省|市|自治区|区|县|镇|乡)")
_ADDRESS = re.compile(r"[省市区县镇乡村路街巷弄号栋楼室]")
#: Surnames of two characters, one after the other.
_RUN = (
    "欧阳太史端木上官司马东方独孤南宫万俟闻人夏侯诸葛尉迟公羊赫连澹台皇甫宗政"
    "濮阳公冶太叔申屠公孙慕容仲孙钟离长孙宇文司徒鲜于司空闾丘子车亓官司寇巫马"
    "公西颛孙壤驷公良漆雕乐正宰父谷梁拓跋夹谷轩辕令狐段干百里呼延东郭南门羊舌"
    "微生公户公玉公仪梁丘公仲公上公门公山公坚歐陽東方獨孤南宮萬俟聞人諸葛尉遲"
    "赫連澹臺濮陽公孫仲孫鍾離長孫鮮于閭丘子車巫馬顓孫壤駟樂正軒轅東郭南門公戶"
    "公儀公門公堅"
)
_LONG_SURNAMES = frozenset(_RUN[at : at + 2] for at in range(0, len(_RUN), 2))


def mask(text: str) -> str:
    """Return *text* with most of it as asterisks, by what it looks like.

    A name keeps its surname, a telephone number its beginning and its last four digits, an
    e-mail address its first letter and its host, an identity card number its region and
    its last four digits, an address its province or city; anything else its beginning.
    """
    text = text.strip()
    if not text:
        return ""
    if _EMAIL.fullmatch(text):
        return _email(text)
    if _IDENTITY.fullmatch(text):
        return text[:3] + _STAR * 11 + text[-4:]
    if _PHONE.fullmatch(text) and sum(map(str.isdigit, text)) > 4:
        return _number(text)
    if _CHINESE.fullmatch(text) and len(text) <= _LONGEST_NAME:
        return _name(text)
    if len(_ADDRESS.findall(text)) > 1:
        return _address(text)
    kept = 1 if len(text) < 6 else 2
    return text[:kept] + _stars(len(text) - kept)


def _email(text: str) -> str:
    name, _, host = text.rpartition("@")
    return f"{name[0]}***@{host}"


def _number(text: str) -> str:
    digits = "".join(filter(str.isdigit, text))
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    if len(digits) < 8:
        return _STAR * (len(digits) - 2) + digits[-2:]
    begin = 4 if digits.startswith("0") else 3 if len(digits) > 9 else 2
    return digits[:begin] + _STAR * 4 + digits[-4:]


def _name(text: str) -> str:
    is_long = len(text) > 2 and text[:2] in _LONG_SURNAMES
    kept = 2 if is_long else 1
    return text[:kept] + _STAR * max(1, len(text) - kept)


def _address(text: str) -> str:
    place = _PLACE.match(text)
    kept = place.group() if place else text[:2]
    return kept + _stars(len(text) - len(kept))


def _stars(count: int) -> str:
    return _STAR * min(max(count, 1), _MOST_STARS)
