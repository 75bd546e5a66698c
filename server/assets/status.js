// The page at /status: asks /v1/status every second. With API keys it needs one in sessionStorage under "ode-key".
'use strict';

const element = (id) => document.getElementById(id);
const shown = [['queued', 'Waiting'], ['running', 'Running'], ['delayed', 'To be retried'], ['dead', 'Set aside'],
  ['finished', 'Finished'], ['failed', 'Failed'], ['cache_hits', 'From the cache'], ['oldest_queued_ms', 'Longest wait, s']];
const history = [];

async function ask(path) {
  const key = sessionStorage.getItem('ode-key');
  const response = await fetch(path, { headers: key ? { Authorization: `Bearer ${key}` } : {} });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.json();
}

function cell(row, text) {
  row.appendChild(document.createElement('td')).textContent = text;
}

function draw() {
  const canvas = element('chart');
  const pen = canvas.getContext('2d');
  const most = Math.max(4, ...history.map((point) => point.queued + point.running));
  const style = getComputedStyle(document.documentElement);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const line = (value, color, width) => {
    pen.beginPath();
    history.forEach((point, i) => {
      const x = canvas.width * (1 - (history.length - 1 - i) / 300);
      const y = canvas.height - 12 - (canvas.height - 40) * value(point) / most;
      if (i === 0) pen.moveTo(x, y);
      else pen.lineTo(x, y);
    });
    pen.strokeStyle = color;
    pen.lineWidth = width;
    pen.stroke();
  };
  line((point) => point.running, style.getPropertyValue('--soft'), 3);
  line((point) => point.queued + point.running, style.getPropertyValue('--accent'), 4);
  pen.fillStyle = style.getPropertyValue('--soft');
  pen.font = '24px system-ui, sans-serif';
  pen.fillText(String(most), 8, 28);
}

async function refresh() {
  try {
    const status = await ask('/v1/status');
    history.push(status);
    if (history.length > 300) history.shift();
    element('numbers').replaceChildren(...shown.map(([name, label]) => {
      const box = document.createElement('div');
      box.appendChild(document.createElement('dt')).textContent = label;
      const value = name === 'oldest_queued_ms' ? (status[name] / 1000).toFixed(1) : status[name];
      box.appendChild(document.createElement('dd')).textContent = value;
      return box;
    }));
    draw();
    const { jobs } = await ask('/v1/jobs?limit=15');
    element('jobs').replaceChildren(...jobs.map((job) => {
      const row = document.createElement('tr');
      cell(row, job.id.slice(-8));
      cell(row, job.name);
      cell(row, job.target);
      cell(row, job.error ? `${job.state}: ${job.error.code}` : job.state);
      cell(row, job.progress.pages_total > 0 ? `${job.progress.pages_done}/${job.progress.pages_total}` : '');
      return row;
    }));
    element('state').textContent = `${status.workers} workers, ${status.database}, ${status.queue} queue`;
  } catch (error) {
    element('state').textContent = error.message;
  }
  setTimeout(refresh, 1000);
}

refresh();
