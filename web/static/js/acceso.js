// Mostrar u ocultar la contraseña. Sin este archivo el campo funciona igual.
document.querySelectorAll('[data-mostrar]').forEach((boton) => {
  const campo = document.getElementById(boton.dataset.mostrar);
  boton.hidden = false;
  boton.addEventListener('click', () => {
    const oculta = campo.type === 'password';
    campo.type = oculta ? 'text' : 'password';
    boton.setAttribute('aria-pressed', String(oculta));
    boton.firstChild.textContent = oculta ? 'Ocultar' : 'Mostrar';
  });
});
