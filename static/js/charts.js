// Draws the figures that the server made. Colours are written there as var(--name) and filled in here, again on every
// change of theme, so that one figure serves light, dark and paper.
const CHART = "[data-figure]";
const CONFIG = { responsive: true, displayModeBar: false, displaylogo: false };
const drawn = new Set();
let onPaper = false;

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) if (isIntersecting) draw(target);
}, { rootMargin: "200px" });

watch(document);
document.addEventListener("htmx:load", (event) => watch(event.target));
document.addEventListener("htmx:beforeCleanupElement", (event) => forget(event.target));

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
new MutationObserver(redraw).observe(document.documentElement, { attributeFilter: ["data-theme"] });
matchMedia("print").addEventListener("change", ({ matches }) => print(matches));
addEventListener("beforeprint", () => print(true));
addEventListener("afterprint", () => print(false));

function watch(root) {
  if (root.matches?.(CHART)) near.observe(root);
  root.querySelectorAll(CHART).forEach((place) => near.observe(place));
}

function draw(place) {
  near.unobserve(place);
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  const colour = palette(place);
  const filled = fillIn(figure, colour);
  Plotly.react(place, filled.data, layoutOf(filled.layout ?? {}, colour), CONFIG);
  drawn.add(place);
}

function redraw() {
  drawn.forEach(draw);
}

// Paper is light, and shows the charts that nobody scrolled to as well.
function print(starts) {
  onPaper = starts;
  if (starts) document.querySelectorAll(CHART).forEach(draw);
  else redraw();
}

function forget(place) {
  if (!(place instanceof Element)) return;
  near.unobserve(place);
  if (!drawn.delete(place)) return;
  Plotly.purge(place);
}

// The browser resolves a colour for us: custom properties and light-dark() come back as one rgb().
function palette(place) {
  const probe = document.createElement("span");
  if (onPaper) probe.style.colorScheme = "light";
  place.parentElement.append(probe);
  const names = ["--ink", "--muted", "--line", "--edge", "--surface", "--raised", "--sunken", "--brand", "--find", "--engage", "--relate"];
  const colours = names.map((name) => {
    probe.style.color = `var(${name})`;
    return [`var(${name})`, getComputedStyle(probe).color];
  });
  probe.remove();
  return Object.fromEntries(colours);
}

function fillIn(value, colour) {
  if (typeof value === "string") return colour[value] ?? value;
  if (Array.isArray(value)) return value.map((item) => fillIn(item, colour));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, colour)]));
  }
  return value;
}

function layoutOf(layout, colour) {
  const ink = colour["var(--ink)"];
  const font = { family: getComputedStyle(document.body).fontFamily, size: 13, color: colour["var(--muted)"] };
  const result = {
    hovermode: "x",
    showlegend: false,
    bargap: 0.35,
    ...layout,
    font,
    autosize: true,
    dragmode: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    margin: { l: 8, r: 12, t: 10, b: 8, pad: 4, ...layout.margin },
    legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom", ...layout.legend },
    hoverlabel: {
      bgcolor: colour["var(--raised)"], bordercolor: colour["var(--edge)"], align: "left",
      font: { ...font, color: ink },
    },
  };
  delete result.width;
  delete result.height;
  delete result.template;
  for (const name of axesOf(layout)) result[name] = axis(layout[name], colour);
  return result;
}

function axesOf(layout) {
  return [...new Set(["xaxis", "yaxis", ...Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name))])];
}

function axis(given, colour) {
  return {
    gridcolor: colour["var(--line)"], linecolor: colour["var(--edge)"], zerolinecolor: colour["var(--edge)"], showline: false, ticks: "", automargin: true,
    ...given, fixedrange: true,
  };
}
