"use strict";
// Shows one sampled document at a time, chosen by rule and site; without this script all are shown.
const pick = document.getElementById("pick");
const documents = [...document.querySelectorAll("article.document")];
let place = 0;

function fitting() {
  const rule = pick.rule.value, site = pick.site.value;
  return documents.filter((one) =>
    (rule === "" || one.dataset.rules.split(" ").includes(rule)) && (site === "*" || one.dataset.site === site));
}

function show() {
  const found = fitting();
  place = Math.max(0, Math.min(place, found.length - 1));
  for (const one of documents) one.hidden = one !== found[place];
  document.getElementById("none").hidden = found.length > 0;
  pick.place.value = found.length > 0 ? `${place + 1} of ${found.length}` : "0";
}

function step(by) {
  place += by;
  show();
}

function follow() {
  const wanted = documents.find((one) => "#" + one.id === location.hash);
  if (!wanted) return;
  if (!fitting().includes(wanted)) pick.reset();
  place = fitting().indexOf(wanted);
  show();
  wanted.scrollIntoView();
}

if (documents.length > 0) {
  pick.hidden = false;
  pick.addEventListener("change", () => { place = 0; show(); });
  pick.addEventListener("submit", (event) => event.preventDefault());
  pick.previous.addEventListener("click", () => step(-1));
  pick.next.addEventListener("click", () => step(1));
  addEventListener("hashchange", follow);
  addEventListener("keydown", (event) => {
    if (event.target.closest("select, input") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "ArrowRight" || event.key === "j") step(1);
    if (event.key === "ArrowLeft" || event.key === "k") step(-1);
  });
  show();
  follow();
}
