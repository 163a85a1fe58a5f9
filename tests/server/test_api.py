"""The JSON API, linked data, live snapshots, and what operators look at."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import rdflib

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
    }
    claim = server.ask("/api/relations?limit=1").json()["relations"][0]
    ids = {"/api/statements/{id}": claim["id"], "/api/documents/{id}": claim["sentences"][0]["document"]["id"]}
    assert len(described["paths"]) > 10
    for path, item in described["paths"].items():
        needed = [p["name"] for p in item["get"]["parameters"] if p["required"] and p["in"] == "query"]
        query = "&".join(f"{name}={known[name]}" for name in needed)
        address = path.replace("{id}", ids.get(path, known["id"])) + (f"?{query}" if query else "")
        assert server.ask(address).status == 200, address


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
