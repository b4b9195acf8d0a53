"use strict";
// Sorts and filters the tables. Without it the page says the same, in the order of the names.
(() => {
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const status = document.getElementById("status");

  // What a cell is sorted by: its data-value, a number or nothing, else its text.
  const value = (row, column) => {
    const cell = row.cells[column];
    if (!("value" in cell.dataset)) return cell.textContent.trim();
    return cell.dataset.value === "" ? null : Number(cell.dataset.value);
  };

  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));

  const sort = (table, heading, name) => {
    const descending = heading.ariaSort === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.ariaSort = descending ? "descending" : "ascending";
    const body = table.tBodies[0];
    const keyed = [...body.rows].map((row) => [value(row, heading.cellIndex), row]);
    // What has no value comes last in either order.
    keyed.sort(([a], [b]) => {
      if (a === null || b === null) return (a === null) - (b === null);
      return descending ? compare(b, a) : compare(a, b);
    });
    body.append(...keyed.map(([, row]) => row));
    status.textContent = `sorted by ${name}, ${heading.ariaSort}`;
  };

  for (const table of document.querySelectorAll("table.sortable")) {
    for (const heading of table.tHead.rows[0].cells) {
      const button = document.createElement("button");
      const name = heading.textContent.trim();
      button.type = "button";
      const label = heading.querySelector(".upright") ?? heading;
      button.append(...label.childNodes);
      button.addEventListener("click", () => sort(table, heading, name));
      label.append(button);
    }
  }

  // On paper everything is unfolded.
  window.addEventListener("beforeprint", () => {
    for (const details of document.querySelectorAll("details")) details.open = true;
  });

  const controls = document.getElementById("controls");
  if (controls === null) return; // a page without names
  const rows = [...document.getElementById("roster").tBodies[0].rows];
  const [name, flag] = [document.getElementById("filter-name"), document.getElementById("filter-flag")];
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const filter = () => {
    const wanted = plain(name.value.trim());
    for (const row of rows) {
      const named = plain(row.cells[0].textContent).includes(wanted);
      row.hidden = !named || (flag.value !== "" && !row.dataset.flags.split(",").includes(flag.value));
    }
    status.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} students shown`;
  };
  name.addEventListener("input", filter);
  flag.addEventListener("change", filter);
  controls.hidden = false;
})();
