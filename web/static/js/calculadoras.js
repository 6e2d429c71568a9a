// Mejoras de las calculadoras: copiar e imprimir. Sin este archivo todo sigue funcionando.
document.addEventListener('click', async (e) => {
  const boton = e.target.closest('[data-copia]');
  if (boton) {
    const estado = boton.querySelector('[data-hecho]');
    try { await navigator.clipboard.writeText(boton.dataset.copia); estado.textContent = estado.dataset.hecho; } catch { estado.textContent = 'Cópialo a mano'; }
  }
  if (e.target.closest('[data-imprime]')) window.print();
});
document.querySelectorAll('[data-con-js]').forEach((n) => { n.hidden = false; });
