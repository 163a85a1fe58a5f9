"""The JSON API, linked data, live snapshots, and what operators look at."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
import rdflib
from serving import Reply

from extract.model import Claim, Document, Entity, Evidence
from graph.build import Builder


def test_names_are_found_in_all_scripts(server):
    for name in ("aster", "%E7%B4%AB%E8%8B%91", "ASTER%20FAB"):
        assert server.ask(f"/api/search?q={name}").json()["matches"][0]["id"] == "aster-fab"


def test_relations_are_filtered_paged_and_bring_their_sentences(server):
    path = "/api/entities/aster-fab/relations"
    whole = server.ask(path).json()
    pages = [server.ask(f"{path}?limit=5&offset={n}").json()["relations"] for n in range(0, whole["total"], 5)]
    assert [row for page in pages for row in page] == whole["relations"]
    planned = server.ask(f"{path}?modality=planned").json()["relations"]
    assert [row["modality"] for row in planned] == ["planned"]
    assert all(row["sentences"][0]["text"] and row["sentences"][0]["document"]["id"] for row in whole["relations"])


def test_sentences_lie_where_they_say(server):
    for row in server.ask("/api/relations?limit=500").json()["relations"]:
        for said in row["sentences"]:
            text = server.ask(f"/api/documents/{said['document']['id']}").json()["text"]
            assert text[said["start"] : said["end"]] == said["text"]


def test_paths_timeline_numbers_and_evidence(server):
    chain = server.ask("/api/paths?from=Dogwood%20Mining&to=Birch%20Devices").json()["paths"][0]
    assert [hop["from"]["label"] for hop in chain["hops"]] == ["Dogwood Mining", "Cedar Gas", "Aster Fab"]
    times = [event["time"] for event in server.ask("/api/entities/elm-motors/timeline").json()["events"]]
    assert times == sorted(times)
    assert times
    (series,) = server.ask("/api/entities/aster-fab/numbers").json()["series"]
    assert [point["period"] for point in series["points"]] == ["2022", "2023", "2024"]
    key = chain["hops"][0]["id"]
    assert server.ask(f"/api/statements/{key}").json()["sentences"][0]["text"].startswith("Dogwood Mining")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/entities/nobody-at-all", 404),
        ("/api/statements/none", 404),
        ("/api/documents/none", 404),
        ("/api/search", 400),
        ("/api/search?q=a&limit=0", 400),
        ("/api/search?q=a&limit=1e9", 400),
        ("/api/search?q=a&other=1", 400),
        ("/api/relations?min_confidence=nan", 400),
        ("/api/relations?facts_only=maybe", 400),
        ("/api/relations?since=yesterday", 400),
        ("/api/relations?since=", 400),
        ("/api/statements/a%22b", 404),
        ("/api/relations?relation=loves", 400),
        ("/api/paths?from=aster-fab", 400),
    ],
)
def test_what_cannot_be_answered_says_why(server, path, status):
    answer = server.ask(path)
    assert answer.status == status
    assert answer.json()["error"]


def test_a_near_name_is_suggested(server):
    assert server.ask("/api/entities/Aster%20Fap").json()["suggestions"] == ["Aster Fab"]


def test_every_route_is_described_and_answers(server):
    described = server.ask("/api/openapi.json").json()
    known = {
        "id": "aster-fab",
        "q": "aster",
        "from": "aster-fab",
        "to": "elm-motors",
        "a": "aster-fab",
        "b": "cedar-gas",
        "entity": "aster-fab",
        "node": "node-28nm",
        "source": "lens-institute",
        "since": "2024-06",
        "measure": "norland-list",
        "metric": "revenue",
        "growth": "revenue",
        "value": "revenue",
        "product": "aster-fab",
        "field": "sudland",
        "country": "JP",
        "group": "ivy-group",
        "one": "aster-fab",
        "other": "elm-motors",
        "class": "Company",
        "subject": "cedar-gas",
        "object": "aster-fab",
    }
    values = {
        "/api/ask": {"q": "Who%20supplies%20Aster%3F"},
        "/api/queries/change-between": {"from": "2022", "to": "2023"},
        "/sparql": {"query": "ASK%20%7B%7D"},
    }
    claim = server.ask("/api/relations?limit=1").json()["relations"][0]
    ids = {"/api/statements/{id}": claim["id"], "/api/documents/{id}": claim["sentences"][0]["document"]["id"]}
    assert len(described["paths"]) > 10
    for path, item in described["paths"].items():
        needed = [p["name"] for p in item["get"]["parameters"] if p["required"] and p["in"] == "query"]
        query = "&".join(f"{name}={(known | values.get(path, {}))[name]}" for name in needed)
        address = path.replace("{id}", ids.get(path, known["id"])) + (f"?{query}" if query else "")
        answer = server.ask(address)
        assert answer.status == 200, address
        assert_described(described, path, "200", answer)


def assert_described(described: dict[str, Any], path: str, status: str, answer: Reply) -> None:
    """Fails where the body of an answer is not what the description says of the route."""
    jsonschema = pytest.importorskip("jsonschema")
    media_type = answer.headers["content-type"].split(";")[0]
    told = described["paths"][path]["get"]["responses"][status]["content"][media_type]["schema"]
    jsonschema.Draft202012Validator(told | {"components": described["components"]}).validate(answer.json())


def test_every_kind_of_answer_is_as_it_is_described(server):
    described = server.ask("/api/openapi.json").json()
    numbers = server.ask("/api/entities/aster-fab/numbers").json()["series"]
    routes = {
        f"/api/statements/{numbers[0]['points'][0]['id']}": ("/api/statements/{id}", "200"),
        "/api/queries/neighbourhood?entity=aster-fab": ("/api/queries/neighbourhood", "200"),
        "/api/ask?q=Show%20the%20neighbourhood%20of%20Aster": ("/api/ask", "200"),
        "/api/ask?q=How%20are%20Cedar%20Gas%20and%20Birch%20Devices%20tied%3F": ("/api/ask", "200"),
        "/sparql?query=ASK%20%7B%7D": ("/sparql", "200"),
        "/sparql?query=SELECT%20*%20%7B%20cr:aster-fab%20?p%20?o%20%7D": ("/sparql", "200"),
        "/api/entities/Aster%20Fap": ("/api/entities/{id}", "404"),
        "/api/search": ("/api/search", "400"),
        "/sparql?query=INSERT": ("/sparql", "403"),
    }
    for address, route in routes.items():
        assert_described(described, *route, server.ask(address))


def test_all_ways_of_asking_by_post_are_described(server):
    described = server.ask("/api/openapi.json").json()
    bodies = described["paths"]["/sparql"]["post"]["requestBody"]["content"]
    taken = server.ask("/sparql", "OPTIONS").headers["accept-post"].split(", ")
    assert list(bodies) == [*taken, "application/sparql-update"]
    form = bodies["application/x-www-form-urlencoded"]["schema"]["oneOf"][0]["properties"]
    assert list(form) == ["query", "default-graph-uri", "named-graph-uri"]


def test_descriptions_do_not_allow_what_answers_do_not_hold(server):
    described = server.ask("/api/openapi.json").json()
    answer = server.ask("/api/statistics")
    changed = Reply(answer.status, answer.headers, answer.body.replace(b"facts", b"fact"))
    jsonschema = pytest.importorskip("jsonschema")
    with pytest.raises(jsonschema.ValidationError):
        assert_described(described, "/api/statistics", "200", changed)


def test_named_queries_are_listed_and_asked_with_their_evidence(server):
    listed = {query["name"]: query for query in server.ask("/api/queries").json()["queries"]}
    assert [p["name"] for p in listed["supplies"]["parameters"]] == ["product", "supplier", "customer", "from", "to"]
    told = server.ask("/api/queries/supplies?customer=Aster%20Fab").json()
    assert [row["values"]["supplier"]["label"] for row in told["rows"]] == ["Cedar Gas"] * 3 + ["Garnet Litho"]
    assert all(row["evidence"][0]["sentences"][0]["text"] for row in told["rows"])
    assert told["sparql"].startswith("SELECT ?supplier")
    page = server.ask("/api/queries/supplies?limit=1&offset=1").json()
    assert (len(page["rows"]), page["total"]) == (1, server.ask("/api/queries/supplies").json()["total"])
    graph = server.ask("/api/queries/neighbourhood?entity=aster-fab&limit=2").json()
    assert (len(graph["triples"]), graph["total"] > 2) == (2, True)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/queries/partners-of", 400, "Give entity"),
        ("/api/queries/partners-of?entity=Nobody%20At%20All", 404, "No entity is called"),
        ("/api/queries/partners-of?entity=aster-fab&x=1", 400, "no parameter 'x'"),
        ("/api/queries/since?since=yesterday", 400, "since is amiss"),
        ("/api/queries/suppliers-of?entity=aster-fab&tiers=many", 400, "tiers is no integer"),
        ("/api/queries/nothing", 404, "nothing at this address"),
        ("/api/ask?q=Why%3F", 404, "I do not understand 'Why?'"),
    ],
)
def test_named_queries_and_questions_say_what_is_amiss(server, path, status, says):
    answer = server.ask(path)
    assert answer.status == status
    assert says in answer.json()["error"]


def test_a_question_is_answered_with_its_query_and_sentences(server):
    told = server.ask("/api/ask?q=Who%20owns%20Aster%20Fab%3F").json()
    assert told["command"] == "chipgraph query ownership --entity aster-fab --side above"
    assert {p["name"]: p["label"] for p in told["parameters"]} == {"entity": "Aster Fab", "side": "above"}
    assert told["rows"][0]["evidence"][0]["sentences"][0]["text"] == "Hazel Holdings owns 60 percent of Aster Fab."
    refused = server.ask("/api/ask?q=Who%20owns%20Astre%20Fab%3F")
    assert (refused.status, refused.json()["suggestions"]) == (404, ["Aster Fab"])


def test_iris_lead_to_pages_for_people_and_triples_for_programs(server):
    page = server.ask("/id/aster-fab", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status, page.headers["location"]) == (303, f"{server.url}/entity/aster-fab")
    told = server.ask("/id/aster-fab", headers={"Accept": "text/turtle"})
    graph = rdflib.Graph().parse(data=told.body, format="turtle")
    label = rdflib.URIRef("https://w3id.org/chipgraph/id/aster-fab")
    assert str(graph.value(label, rdflib.RDFS.label)) == "Aster Fab"
    assert server.ask("/id/nobody").status == 404
    assert server.ask("/id/aster-fab", headers={"Accept": "image/png"}).status == 406


def test_a_new_build_is_served_without_a_break(serve, tmp_path: Path):
    folder = tmp_path / "live"
    add(folder, "One")
    told = serve(folder, "--workers", "1")
    before = told.ask("/health").json()["snapshot"]
    assert told.ask("/api/statistics").json()["documents"] == 1
    add(folder, "Two")
    end = time.monotonic() + 20
    while told.ask("/health").json()["snapshot"] == before:
        assert told.ask("/api/statistics").status == 200
        assert time.monotonic() < end
        time.sleep(0.05)
    assert told.ask("/api/statistics").json()["documents"] == 2
    assert told.query("ASK { cr:two ck:suppliesTo cr:buyer }").json()["boolean"] is True


def add(folder: Path, name: str) -> None:
    text = f"{name} supplies Buyer."
    paper = Document(text, f"{name}.txt")
    ends = [Entity(n.casefold(), n, "Company", n) for n in (name, "Buyer")]
    quote = Evidence(0, len(text), text)
    with Builder(folder) as builder:
        builder.add(
            paper, [Claim(paper.id, paper.source, ends[0], "suppliesTo", ends[1], quote, "example", confidence=0.9)]
        )


def test_figures_are_prometheus_text(server):
    server.query("ASK {}")
    lines = server.ask("/metrics").text.splitlines()
    counted = [line for line in lines if line.startswith('chipgraph_requests_total{route="sparql",status="200"}')]
    assert int(counted[0].rsplit(" ", 1)[1]) >= 1
    assert all(line.startswith("#") or len(line.rsplit(" ", 1)) == 2 for line in lines)


def test_it_stops_when_told_and_leaves_no_process(serve, tmp_path: Path):
    folder = tmp_path / "stopped"
    add(folder, "One")
    told = serve(folder, "--workers", "2")
    told.query("ASK {}")
    children = Path(f"/proc/{told.process.pid}/task/{told.process.pid}/children")
    if not children.exists():
        pytest.skip("needs /proc")
    pids = children.read_text().split()
    assert pids
    told.process.terminate()
    assert told.process.wait(20) in (0, -15)
    assert [pid for pid in pids if Path(f"/proc/{pid}").exists()] == []
