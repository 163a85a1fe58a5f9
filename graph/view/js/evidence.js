// What stands behind an edge or a number: the sentence with its names marked, the document, who says so, how sure.
const Evidence = (() => {
  const isLetter = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  const ascii = (text) => /^[\p{Script=Latin}\p{N}\s.,&'’-]+$/u.test(text);

  // Where a name stands as a word of its own; scripts without spaces need no word ends.
  const find = (text, name, taken) => {
    for (let at = text.indexOf(name); name && at >= 0; at = text.indexOf(name, at + 1)) {
      const end = at + name.length;
      const whole = !ascii(name) || !(isLetter(text[at - 1]) || isLetter(text[end]));
      if (whole && !taken.some(([from, to]) => at < to && from < end)) return [at, end];
    }
    return null;
  };

  const spans = (text, parties) => {
    const found = [];
    for (const { names, role } of parties) {
      const hit = names.map((name) => find(text, name, found)).find(Boolean);
      if (hit) found.push([...hit, role]);
    }
    return found.sort((a, b) => a[0] - b[0]);
  };

  const quote = (text, parties) => {
    const pieces = [];
    let at = 0;
    for (const [from, to, role] of spans(text, parties)) {
      pieces.push(text.slice(at, from), Dom.el("mark", { class: role, text: text.slice(from, to) }));
      at = to;
    }
    return Dom.el("blockquote", {}, ...pieces, text.slice(at));
  };

  const namesFirst = (mention, n) => [mention, ...[...Data.namesOf(n)].sort((a, b) => b.length - a.length)].filter(Boolean);
  const percent = (value) => `${Math.round(value * 100)} %`;
  const meter = (value) => {
    const bar = Dom.el("span", { class: "bar" });
    bar.style.setProperty("--value", String(value));
    return Dom.el("span", { class: "confidence", title: "How sure the extraction is" }, bar, percent(value));
  };

  const citation = (sentence) => {
    const d = Data.documents[Data.sentences.document[sentence]];
    return `“${Data.sentences.text[sentence]}” ${[d.publisher, d.title, d.date, d.url].filter(Boolean).join(", ")}.`;
  };
  const copy = async (event, text) => {
    const button = event.target;
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Copying is not allowed here";
    }
  };

  const source = (sentence) => {
    const d = Data.documents[Data.sentences.document[sentence]];
    return Dom.el("footer", {},
      Dom.el("cite", {}, Dom.link(d.url, d.title)),
      Dom.el("span", { class: "where", text: [d.publisher, d.date].filter(Boolean).join(" · ") || d.source }),
      Dom.button("Copy citation", (event) => copy(event, citation(sentence)), { class: "quiet" }));
  };

  const chips = (pairs) => pairs.map(([key, value]) => Dom.el("span", { class: "fact-chip" }, Dom.el("b", { text: key }), ` ${value}`));
  const statement = (sentences, parties, { confidence, said, rule, id, details }) => Dom.el("article", { class: "evidence" },
    sentences.map((s) => [quote(Data.sentences.text[s], parties), source(s)]),
    Dom.el("p", { class: "terms" }, meter(confidence), said ? Dom.el("span", { class: "fact-chip" }, Dom.el("b", { text: "says" }), ` ${said}`) : null, chips(details)),
    Dom.el("p", { class: "rule", text: [rule && `Recognised by ${rule}`, `statement ${id}`].filter(Boolean).join(" · ") }));

  const ofClaim = (c, e) => {
    const { claims, edges } = Data;
    const parties = [
      { names: namesFirst(claims.subject[c], edges.subject[e]), role: "subject" },
      { names: namesFirst(claims.object[c], edges.object[e]), role: "object" },
    ];
    const time = claims.time[c] ? [["time", claims.time[c]]] : [];
    return statement(claims.sentences[c], parties, {
      confidence: claims.confidence[c], said: claims.said[c], rule: Data.rules[claims.rule[c]], id: claims.id[c], details: [...time, ...(claims.qualifiers[c] || [])] });
  };

  const ofNumber = (i) => {
    const { numbers } = Data;
    const parties = [{ names: namesFirst(numbers.mention[i], numbers.about[i]), role: "subject" }, { names: [numbers.printed[i]], role: "object" }];
    return statement(numbers.sentences[i], parties, { confidence: numbers.confidence[i], said: numbers.said[i], rule: null, id: numbers.id[i], details: numbers.details[i] });
  };

  return { ofClaim, ofNumber, meter, percent };
})();
