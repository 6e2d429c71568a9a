// expediente.js · deja a la vista la sección en que se está y el lugar donde va el caso en su diagrama.
const seccion = document.querySelector(".subnav [aria-current]");
if (seccion) {
  const nav = seccion.parentElement;
  nav.scrollLeft = seccion.offsetLeft - nav.offsetLeft - nav.clientWidth / 3;
}

const marco = document.querySelector(".diag--entero");
const aqui = document.getElementById("aqui");
if (marco && aqui) {
  const m = marco.getBoundingClientRect();
  const a = aqui.getBoundingClientRect();
  marco.scrollLeft += a.left + a.width / 2 - (m.left + m.width / 2);
}
