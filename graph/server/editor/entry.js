// The editor of the SPARQL page: CodeMirror in the place of the plain text field, which goes on holding the query.
// It lives in a shadow root, where its styles are style sheets made by script, so the page's policy needs no exception.
import { autocompletion, closeBrackets, completeFromList, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { sparql, SparqlLanguage } from "codemirror-lang-sparql";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword], color: "var(--link)", fontWeight: "600" },
  { tag: tags.variableName, color: "var(--variable)" },
  { tag: [tags.string, tags.number, tags.bool], color: "var(--value)" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
]);
const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--soft)", borderRadius: "6px" },
  "&.cm-focused": { outline: "2px solid var(--link)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "ui-monospace, monospace", minHeight: "18em", maxHeight: "60vh" },
  ".cm-content": { caretColor: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "var(--raised)", borderRight: "1px solid var(--line)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "1px solid var(--soft)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--raised)", border: "1px solid var(--line)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { color: "var(--paper)", backgroundColor: "var(--link)" },
});

const field = document.getElementById("text");
const host = field.insertAdjacentElement("afterend", document.createElement("div"));
const root = host.attachShadow({ mode: "open" });
const terms = completeFromList(field.dataset.terms.split(" ").map((label) => ({ label, type: "constant" })));
const ask = () => { field.form.requestSubmit(); return true; };

const view = new EditorView({
  root,
  parent: root,
  state: EditorState.create({
    doc: field.value,
    extensions: [
      lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(), autocompletion(),
      sparql(), SparqlLanguage.data.of({ autocomplete: terms }), syntaxHighlighting(colours), look, EditorView.lineWrapping,
      // Tab is left to the browser, so that the keyboard gets out again.
      keymap.of([{ key: "Mod-Enter", run: ask }, ...defaultKeymap, ...historyKeymap, ...completionKeymap]),
      EditorView.contentAttributes.of({ "aria-label": "Query", "aria-describedby": "hint" }),
      EditorView.updateListener.of((update) => { if (update.docChanged) field.value = update.state.doc.toString(); }),
    ],
  }),
});
host.className = "editor";
field.hidden = true;
field.addEventListener("change", () => {
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: field.value } });
  view.focus();
});
