// diagrama.js · deja a la vista el lugar donde va el caso dentro del diagrama que se desplaza.
const marco = document.querySelector(".diag--entero");
const aqui = document.getElementById("aqui");
if (marco && aqui) {
  const m = marco.getBoundingClientRect();
  const a = aqui.getBoundingClientRect();
  marco.scrollLeft += a.left + a.width / 2 - (m.left + m.width / 2);
}
