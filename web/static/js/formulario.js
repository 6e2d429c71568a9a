// Task forms: how many characters are left, and the page stays at the list whose rows change.
// Without this module the page says how many characters fit, and works the same.
const numero = new Intl.NumberFormat("es-MX");

function contar(area) {
  const aviso = document.getElementById(`${area.id}-cuenta`);
  if (!aviso) return;
  const tope = Number(area.dataset.maximo);
  const decir = () => {
    const quedan = tope - [...area.value.trim().replace(/\r\n?/g, "\n")].length;
    const letras = Math.abs(quedan) === 1 ? "carácter" : "caracteres";
    aviso.textContent =
      quedan >= 0
        ? `${quedan === 1 ? "Te queda" : "Te quedan"} ${numero.format(quedan)} ${letras}`
        : `${quedan === -1 ? "Sobra" : "Sobran"} ${numero.format(-quedan)} ${letras}`;
  };
  area.addEventListener("input", decir);
  decir();
}

function quedarseEnLaLista(evento) {
  const boton = evento.submitter;
  if (boton?.name !== "_agregar" && boton?.name !== "_quitar") return;
  const lista = boton.value.replace(/-\d+$/, "");
  const [destino] = evento.target.action.split("#");
  evento.target.action = `${destino}#f-${lista}-agregar`;
}

function enfocarResumen() {
  document.querySelector("#formulario .govuk-error-summary")?.focus();
}

document.querySelectorAll("textarea[data-maximo]").forEach(contar);
document.body.addEventListener("htmx:load", (evento) => {
  evento.detail.elt.querySelectorAll?.("textarea[data-maximo]").forEach(contar);
});
document.getElementById("formulario")?.addEventListener("submit", quedarseEnLaLista);
enfocarResumen();
