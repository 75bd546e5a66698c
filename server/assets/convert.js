// The page at /: uploads a document, follows its job, shows what came of it.
'use strict';

const element = (id) => document.getElementById(id);
const shownAsText = 2 << 20;
let upload = null, events = null, job = null, shown = null;

function headers() {
  const key = element('key').value;
  return key ? { Authorization: `Bearer ${key}` } : {};
}

function say(message, failed = false) {
  element('work').hidden = false;
  element('work').classList.toggle('failed', failed);
  element('message').textContent = message;
}

function reset() {
  upload?.abort();
  events?.abort();
  upload = events = job = null;
  if (shown) URL.revokeObjectURL(shown);
  shown = null;
  for (const id of ['download', 'cancel', 'result', 'picture', 'text']) element(id).hidden = true;
  element('result').removeAttribute('src');
  element('progress').hidden = false;
  element('progress').removeAttribute('value');
}

// Uploads tell how far they are through XMLHttpRequest only.
function send(form) {
  return new Promise((resolve, reject) => {
    upload = new XMLHttpRequest();
    upload.open('POST', '/v1/jobs');
    for (const [name, value] of Object.entries(headers())) upload.setRequestHeader(name, value);
    upload.upload.onprogress = (event) => {
      if (event.lengthComputable) element('progress').value = event.loaded / event.total;
    };
    upload.onerror = () => reject(new Error('The server cannot be reached.'));
    upload.onabort = () => reject(new Error('Cancelled.'));
    upload.onload = () => {
      let answer = {};
      try { answer = JSON.parse(upload.responseText); } catch { /* said below */ }
      if (upload.status === 202) resolve(answer);
      else reject(new Error(answer.detail || answer.title || `The server answered ${upload.status}.`));
    };
    upload.send(form);
  });
}

// EventSource cannot send an API key, so the stream is read by hand.
async function follow(id) {
  events = new AbortController();
  const response = await fetch(`/v1/jobs/${id}/events`, { headers: headers(), signal: events.signal });
  if (!response.ok) throw new Error(`The job cannot be followed (${response.status}).`);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new Error('The connection broke. The job goes on; see its address.');
    text += value;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n');
      text = text.slice(end + 2);
      const data = lines.find((line) => line.startsWith('data: '));
      if (!data) continue;
      const state = JSON.parse(data.slice(6));
      progress(state);
      if (lines.includes('event: end')) return state;
    }
  }
}

function progress(state) {
  const { pages_done: done, pages_total: total } = state.progress;
  if (total > 0) element('progress').value = done / total;
  else element('progress').removeAttribute('value');
  if (state.state === 'queued') say('Waiting for a free worker …');
  if (state.state === 'running') say(total > 0 ? `Page ${done} of ${total} …` : 'Reading the document …');
}

async function show(state) {
  element('progress').hidden = true;
  element('cancel').hidden = true;
  if (state.state !== 'done') {
    say(state.error ? state.error.message : `The job is ${state.state}.`, state.state !== 'cancelled');
    return;
  }
  const response = await fetch(state.result.href, { headers: headers() });
  if (!response.ok) throw new Error(`The result cannot be read (${response.status}).`);
  const blob = await response.blob();
  shown = URL.createObjectURL(blob);
  const size = blob.size < 10240 ? `${blob.size} bytes` : `${(blob.size / 1048576).toFixed(2)} MiB`;
  say(`Done: ${size}.${state.warning ? ` ${state.warning.message}` : ''}`);
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get('Content-Disposition') || '');
  const link = element('download');
  link.href = shown;
  link.download = name ? decodeURIComponent(name[1]) : 'result';
  link.hidden = false;
  const type = state.result.content_type;
  if (type.startsWith('text/html')) {
    // A sandbox without our origin: what a stranger's document brings along reaches nothing here.
    element('result').hidden = false;
    element('result').src = shown;
  } else if (type.startsWith('image/')) {
    element('picture').hidden = false;
    element('picture').src = shown;
  } else if (!type.includes('zip')) {
    element('text').hidden = false;
    element('text').textContent = await blob.slice(0, shownAsText).text();
  }
}

async function start(event) {
  event.preventDefault();
  reset();
  const form = new FormData();
  const split = element('to').value === 'html-split';
  form.append('to', split ? 'html' : element('to').value);
  if (split) form.append('split', 'true');
  for (const id of ['pages', 'password']) {
    if (element(id).value && !(id === 'pages' && element('to').value === 'info')) form.append(id, element(id).value);
  }
  form.append('file', element('file').files[0]);
  element('start').disabled = true;
  try {
    say('Sending …');
    job = await send(form);
    element('cancel').hidden = false;
    await show(await follow(job.id));
  } catch (error) {
    element('progress').hidden = true;
    element('cancel').hidden = true;
    if (error.name !== 'AbortError') say(error.message, true);
  } finally {
    element('start').disabled = false;
  }
}

function chosen() {
  const file = element('file').files[0];
  element('chosen').textContent = file ? file.name : 'Choose a PDF, or drop it here';
}

element('form').addEventListener('submit', start);
element('file').addEventListener('change', chosen);
element('cancel').addEventListener('click', async () => {
  if (job) await fetch(`/v1/jobs/${job.id}`, { method: 'DELETE', headers: headers() });
});
const drop = element('drop');
for (const name of ['dragenter', 'dragover']) {
  drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add('over'); });
}
for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  if (event.dataTransfer.files.length > 0) {
    element('file').files = event.dataTransfer.files;
    chosen();
  }
});
