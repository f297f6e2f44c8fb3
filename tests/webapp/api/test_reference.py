from webapp.api.declaring import OPERATIONS


def test_the_document_names_every_operation(nobody, deployed):
    told = nobody.client.get("/api/openapi.json").json

    ids = {it["operationId"] for path in told["paths"].values() for it in path.values()}
    assert told["openapi"] == "3.1.0"
    assert ids == set(OPERATIONS)


def test_the_document_speaks_the_language_asked_for(nobody, deployed):
    english = {"Accept-Language": "en"}

    told = nobody.client.get("/api/openapi.json", headers=english).json

    assert told["paths"]["/cases"]["get"]["summary"] == "Find cases"


def test_the_page_shows_every_operation_and_problem(lin, deployed):
    page = lin.get("/api/")

    assert page.status == 200
    assert len(page.texts("//details[summary/b]")) == len(OPERATIONS)
    assert "按登记表内容立案" in page.text
    assert page.texts("//*[@id='not-allowed']")


def test_every_link_of_the_page_leads_to_something_on_it(lin, deployed):
    page = lin.get("/api/")
    places = set(page.texts("//@id"))

    links = {it[1:] for it in page.texts("//main//a/@href") if it.startswith("#")}

    assert links <= places
