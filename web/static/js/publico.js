// Mejoras de las páginas públicas. Sin este archivo todo sigue funcionando.
// Copiar la clave, imprimir, salir rápido (botón o tres veces Mayús), foco en el resumen de errores, subir archivos al elegirlos.

function salirRapido(enlace) {
  document.body.hidden = true;
  document.title = ' ';
  window.location.replace(enlace.href);
}

let pulsos = [];
document.addEventListener('keydown', (e) => {
  const enlace = document.querySelector('[data-salir]');
  if (!enlace) return;
  if (e.key !== 'Shift') { pulsos = []; return; }
  if (e.repeat) return;
  pulsos = pulsos.filter((t) => e.timeStamp - t < 3000).concat(e.timeStamp);
  if (pulsos.length >= 3) salirRapido(enlace);
});

document.addEventListener('click', async (e) => {
  const salida = e.target.closest('[data-salir]');
  if (salida) { e.preventDefault(); salirRapido(salida); return; }
  const copia = e.target.closest('[data-copiar]');
  if (copia) {
    const estado = copia.querySelector('[role=status]');
    try { await navigator.clipboard.writeText(copia.dataset.copiar); estado.textContent = 'Clave copiada'; } catch { estado.textContent = 'Cópiala a mano'; }
  }
  if (e.target.closest('[data-imprimir]')) window.print();
  const ver = e.target.closest('[data-mostrar]');
  if (ver) {
    const campo = document.getElementById(ver.dataset.mostrar);
    const oculta = campo.type === 'password';
    campo.type = oculta ? 'text' : 'password';
    ver.textContent = oculta ? 'Ocultar' : 'Mostrar';
    ver.setAttribute('aria-label', `${ver.textContent} ${ver.dataset.nombre || 'contraseña'}`);
  }
});

// Los botones que sólo sirven con JavaScript llegan ocultos.
document.querySelectorAll('[data-con-js]').forEach((n) => { n.hidden = false; });

// Un solo envío por formulario: el segundo clic no hace nada (el servidor además lo reconoce).
document.querySelectorAll('form[data-un-envio]').forEach((f) => {
  f.addEventListener('submit', (e) => { if (f.dataset.enviado) e.preventDefault(); f.dataset.enviado = '1'; });
});
window.addEventListener('pageshow', () => document.querySelectorAll('form[data-un-envio]').forEach((f) => { delete f.dataset.enviado; }));

// Los archivos suben en cuanto se eligen, uno por uno y cada uno con su avance; al terminar, la página que
// devolvió el servidor reemplaza a la que se ve, con los errores de todos.
document.querySelectorAll('[data-sin-js]').forEach((n) => { n.hidden = true; });
document.addEventListener('change', (e) => { if (e.target.matches('form[data-subida] input[type=file]')) subir(e.target); });

function fila(nombre, texto, clase) {
  const li = document.createElement('li');
  li.className = clase;
  li.innerHTML = '<span class="archivo__i"></span><div><p class="archivo__n"></p><p class="archivo__d"></p></div>';
  li.querySelector('.archivo__n').textContent = nombre;
  li.querySelector('.archivo__d').textContent = texto;
  return li;
}

function sinConexion(nombre) {
  return fila(nombre, 'No se subió. Revisa tu conexión y elígelo de nuevo.', 'archivo archivo--error');
}

function listaDe(form) {
  let lista = form.querySelector('.archivos');
  if (!lista) {
    lista = document.createElement('ul');
    lista.className = 'archivos';
    form.querySelector('.soltar').closest('.govuk-form-group').after(lista);
  }
  return lista;
}

function enviar(form, campo, archivo, avance) {
  const datos = new FormData();
  datos.append('csrf_token', form.elements.csrf_token.value);
  datos.append('que_muestran', form.elements.que_muestran?.value || '');
  datos.append(campo.name, archivo, archivo.name);
  datos.append('accion', 'subir');
  return new Promise((listo) => {
    const x = new XMLHttpRequest();
    x.upload.onprogress = (p) => { if (p.lengthComputable) avance.value = (100 * p.loaded) / p.total; };
    x.onload = () => listo(x.status === 200 || x.status === 422 ? x.responseText : null);
    x.onerror = () => listo(null);
    x.open('POST', form.action);
    x.send(datos);
  });
}

async function subir(campo) {
  const form = campo.form;
  const texto = form.elements.que_muestran?.value || '';
  const fallidos = [];
  let ultima = null;
  for (const archivo of [...campo.files]) {
    const subiendo = fila(archivo.name, 'Subiendo ', 'archivo');
    listaDe(form).append(subiendo);
    const avance = document.createElement('progress');
    avance.max = 100;
    avance.setAttribute('aria-label', `Avance de ${archivo.name}`);
    subiendo.querySelector('.archivo__d').append(avance);
    const html = await enviar(form, campo, archivo, avance);
    if (html === null) { fallidos.push(sinConexion(archivo.name)); continue; }
    ultima = new DOMParser().parseFromString(html, 'text/html');
    for (const mal of ultima.querySelectorAll('.archivo--error')) {
      mal.remove();
      fallidos.push(mal);
    }
  }
  const nueva = ultima && ultima.querySelector('form[data-subida]');
  if (nueva) form.replaceWith(nueva);
  const viva = document.querySelector('form[data-subida]');
  viva.querySelectorAll('.govuk-error-summary').forEach((n) => n.remove());
  if (viva.elements.que_muestran) viva.elements.que_muestran.value = texto;
  viva.querySelectorAll('[data-sin-js]').forEach((n) => { n.hidden = true; });
  viva.querySelectorAll('.archivos progress').forEach((n) => n.closest('li').remove());
  if (fallidos.length) listaDe(viva).append(...fallidos);
  const cuenta = viva.querySelector('[role=status]');
  if (cuenta && fallidos.length) cuenta.textContent = `${cuenta.textContent.split(',')[0]}, ${fallidos.length} con error`;
  viva.querySelector('input[type=file]').focus();
}

const resumen = document.querySelector('.govuk-error-summary');
if (resumen) resumen.focus();
