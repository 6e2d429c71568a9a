// Mejoras de las páginas del personal. Sin este archivo todo sigue funcionando.
document.addEventListener('click', (e) => {
  if (e.target.closest('[data-imprimir]')) window.print();
});
document.querySelectorAll('[data-con-js]').forEach((n) => { n.hidden = false; });
const resumen = document.querySelector('.govuk-error-summary');
if (resumen) resumen.focus();
