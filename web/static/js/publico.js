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

// Los archivos suben en cuanto se eligen, cada uno con su avance; al terminar se recarga la lista.
document.querySelectorAll('form[data-subida] input[type=file]').forEach((campo) => {
  campo.addEventListener('change', () => subir(campo));
});

function fila(lista, archivo) {
  const li = document.createElement('li');
  li.className = 'archivo';
  li.innerHTML = '<span class="archivo__i"></span><div><p class="archivo__n"></p><p class="archivo__d"><label>Subiendo</label> <progress max="100" value="0"></progress></p></div>';
  li.querySelector('.archivo__n').textContent = archivo.name;
  const avance = li.querySelector('progress');
  avance.id = `avance-${lista.children.length}`;
  li.querySelector('label').htmlFor = avance.id;
  lista.append(li);
  return avance;
}

async function subir(campo) {
  const form = campo.form;
  let lista = document.querySelector('.archivos');
  if (!lista) { lista = document.createElement('ul'); lista.className = 'archivos'; campo.closest('.govuk-form-group').after(lista); }
  for (const archivo of [...campo.files]) {
    const avance = fila(lista, archivo);
    const datos = new FormData();
    datos.append('csrf_token', form.elements.csrf_token.value);
    datos.append(campo.name, archivo, archivo.name);
    datos.append('accion', 'subir');
    await new Promise((listo) => {
      const x = new XMLHttpRequest();
      x.upload.onprogress = (p) => { if (p.lengthComputable) avance.value = (100 * p.loaded) / p.total; };
      x.onloadend = listo;
      x.open('POST', form.action);
      x.setRequestHeader('X-Requested-With', 'fetch');
      x.send(datos);
    });
  }
  campo.value = '';
  const destino = new URL(form.dataset.subida, window.location.href);
  window.location.assign(destino);
}

const resumen = document.querySelector('.govuk-error-summary');
if (resumen) resumen.focus();
