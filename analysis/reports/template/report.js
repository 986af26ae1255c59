"use strict";
// Makes each "k of n" a button that opens the sentences it counts. Every word is set as text, never as markup.
(() => {
  const data = JSON.parse(document.getElementById("sentence-data").textContent);
  const dialog = document.getElementById("sentences");
  const heading = dialog.querySelector("h2");
  const size = dialog.querySelector("p.size");
  const list = dialog.querySelector("ul");
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const dots = new Map();
  for (const outlet of document.querySelectorAll(".outlet")) {
    const dot = outlet.querySelector("svg");
    if (dot) dots.set(outlet.textContent, dot);
  }
  const quoted = (quote) => {
    const item = element("li");
    const words = element("blockquote");
    words.append(quote.before, element("mark", quote.span), quote.after);
    const source = element("p", "", "source");
    const outlet = element("span", "", "outlet");
    if (dots.has(quote.outlet)) outlet.append(dots.get(quote.outlet).cloneNode(true));
    outlet.append(quote.outlet);
    source.append(outlet);
    for (const fact of [quote.date, quote.headline, quote.note, quote.file, quote.where]) {
      if (fact) source.append(" · " + fact);
    }
    const link = element("a", "open in its article");
    link.href = "articles/" + quote.page;
    source.append(" · ", link);
    item.append(words, source);
    return item;
  };
  const open = (cell) => {
    heading.textContent = cell.title;
    const shown = cell.quotes.length;
    const rest = shown < cell.total ? `; ${shown} of ${cell.total} sentences shown, all in evidence.csv` : "";
    size.textContent = cell.size + rest;
    list.replaceChildren(...cell.quotes.map((place) => quoted(data.quotes[place])));
    dialog.showModal();
    dialog.scrollTop = 0;
    heading.focus();
  };
  for (const small of document.querySelectorAll("[data-cell]")) {
    const cell = data.cells[small.dataset.cell];
    if (!cell) continue;
    const button = element("button", small.textContent, "size");
    button.type = "button";
    button.setAttribute("aria-haspopup", "dialog");
    button.setAttribute("aria-label", `${small.textContent}: show the sentences of ${cell.title}`);
    button.addEventListener("click", () => open(cell));
    small.replaceChildren(button);
    small.classList.remove("size");
  }
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
})();
