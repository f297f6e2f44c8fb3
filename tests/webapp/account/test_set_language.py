def test_pages_speak_simplified_chinese_first(stranger):
    page = stranger.get("/sign-in", headers={"Accept-Language": "en"})

    assert page.texts("//html/@lang") == ["zh-CN"]
    assert "登录" in page.text


def test_a_stranger_chooses_by_cookie(stranger):
    page = stranger.send("/language", {"language": "en", "next": "/sign-in"})

    assert page.texts("//html/@lang") == ["en"]
    assert "Sign in" in page.text


def test_taiwan_has_its_own_words(stranger):
    page = stranger.send("/language", {"language": "zh_TW", "next": "/sign-in"})

    assert page.texts("//html/@lang") == ["zh-TW"]
    assert "客訴" in page.text


def test_a_person_keeps_the_choice_in_every_browser(lin, browser):
    lin.send("/language", {"language": "en"})

    assert browser("lin").get("/").texts("//html/@lang") == ["en"]


def test_an_unknown_language_changes_nothing(lin):
    assert lin.send("/language", {"language": "xx"}).texts("//html/@lang") == ["zh-CN"]


def test_it_leads_to_no_other_site(stranger):
    page = stranger.post("/language", {"language": "en", "next": "//evil.example"})

    assert page.location == "/"
