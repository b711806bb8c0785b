// A figure whose numbers can be pointed at, clicked, or moved to by the tab key: each is a link to
// the row of its statement, and the one that is meant becomes `event_id`. Escape lets it go.
const ROW = 'a[href*="#s-"]';

function statementOf(link) {
  return decodeURIComponent(link.getAttribute("href").split("#s-")[1]);
}

function render({ model, el }) {
  const draw = () => {
    el.innerHTML = model.get("drawing");
  };
  const choose = (name) => {
    if (model.get("event_id") !== name) {
      model.set("event_id", name);
      model.save_changes();
    }
  };
  const meant = (event) => {
    const link = event.target.closest(ROW);
    if (link) choose(statementOf(link));
    return link;
  };
  el.addEventListener("pointerover", meant);
  el.addEventListener("focusin", meant);
  el.addEventListener("click", (event) => {
    if (meant(event)) event.preventDefault();
  });
  el.addEventListener("keydown", (event) => {
    if (event.key === "Escape") choose("");
  });
  model.on("change:drawing", draw);
  draw();
  // what stands in the notebook for readers without controls is shown twice otherwise
  requestAnimationFrame(() => {
    const output = el.closest(".jp-OutputArea");
    for (const still of output ? output.querySelectorAll(".casualty-still") : []) {
      still.closest(".jp-OutputArea-child").style.display = "none";
    }
  });
}

export default { render };
