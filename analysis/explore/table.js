// Makes each table of the kit sortable, searchable and paged, from the rows that stand beside it as JSON.
// Text is only ever put in as textContent: nothing of an article is read as markup.
for (const root of document.querySelectorAll(".px-table:not([data-ready])")) {
  root.dataset.ready = "";
  const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
  const body = root.querySelector("tbody");
  const heads = [...root.querySelectorAll("thead th")];
  const status = root.querySelector("[role=status]");
  const search = root.querySelector("input[type=search]");
  const [back, forth] = root.querySelectorAll("[data-step]");
  let rows = data.rows, page = 0, by = -1, up = true;
  const text = (cell) => Array.isArray(cell) ? cell.join(" ") : cell === null ? "" : String(cell);
  const fill = (td, cell, kind) => {
    td.className = kind;
    if (kind === "sentence" && Array.isArray(cell)) {
      const mark = document.createElement("mark");
      mark.textContent = cell[1];
      td.append(cell[0], mark, cell[2]);
    } else {
      td.textContent = kind === "n" && typeof cell === "number" ? shown(cell) : text(cell);
    }
  };
  const shown = (x) => Number.isInteger(x) ? String(x) : Math.abs(x) >= 1000 ? x.toFixed(0) : String(+x.toPrecision(4));
  const draw = () => {
    const pages = Math.max(1, Math.ceil(rows.length / data.page));
    page = Math.min(Math.max(page, 0), pages - 1);
    const here = rows.slice(page * data.page, (page + 1) * data.page);
    body.replaceChildren(...here.map((row) => {
      const tr = document.createElement("tr");
      row.forEach((cell, i) => fill(tr.appendChild(document.createElement("td")), cell, data.kinds[i]));
      return tr;
    }));
    status.textContent = `rows ${rows.length ? page * data.page + 1 : 0}–${page * data.page + here.length} of ${rows.length}`;
    back.disabled = page === 0;
    forth.disabled = page >= pages - 1;
  };
  const choose = () => {
    const wanted = search.value.trim().toLowerCase();
    rows = data.rows.filter((row) => !wanted || row.some((cell) => text(cell).toLowerCase().includes(wanted)));
    if (by >= 0) {
      const number = data.kinds[by] === "n";
      const key = (row) => number ? row[by] : text(row[by]).toLowerCase();
      rows = rows.map((row, i) => [key(row), i, row]).sort((a, b) => {
        if (a[0] === b[0]) return a[1] - b[1];
        if (a[0] === null) return 1;
        if (b[0] === null) return -1;
        return (a[0] < b[0] ? -1 : 1) * (up ? 1 : -1);
      }).map((entry) => entry[2]);
    }
    page = 0;
    draw();
  };
  heads.forEach((head, i) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      up = by === i ? !up : data.kinds[i] !== "n";
      by = i;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      choose();
    });
  });
  search.addEventListener("input", choose);
  back.addEventListener("click", () => { page -= 1; draw(); });
  forth.addEventListener("click", () => { page += 1; draw(); });
  root.querySelector(".px-bar").hidden = false;
  draw();
}
