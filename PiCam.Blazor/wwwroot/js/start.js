// Starts the circuit and keeps it: a cut connection is picked up again silently; a server that was restarted (or that has
// forgotten the circuit) is greeted by loading the page anew, but only once it answers, so that the browser never
// shows its own error page.
import { announceDisconnected, announceReconnected, pause } from './circuit.js';
import { listen } from './keys.js';

listen();

const banner = document.getElementById('reconnecting');
let attempt = 0;

async function answers() {
  try {
    return (await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(4000) })).ok;
  } catch {
    return false; // unreachable: the caller tries again
  }
}

async function reloadWhenUp() {
  while (!(await answers())) await pause(500);
  location.reload();
}

async function reconnect() {
  const mine = ++attempt;
  // A cut that heals at once is nobody's business.
  const announce = setTimeout(() => { banner.hidden = false; }, 1000);
  let refusals = 0;
  try {
    for (let wait = 200; mine === attempt; wait = Math.min(wait * 1.5, 2000)) {
      try {
        if (await Blazor.reconnect()) return;
        return await reloadWhenUp(); // reached, but the circuit is gone
      } catch {
        await pause(wait);
        // The server answers but takes no circuit from us: signed out, perhaps. A fresh page says what is up.
        refusals = (await answers()) ? refusals + 1 : 0;
        if (refusals === 3) return location.reload();
      }
    }
  } finally {
    clearTimeout(announce);
  }
}

// Who signs out leaves the page. It would ask for its address anew when it hears of that, which could overtake the form.
document.addEventListener('submit', e => {
  if (e.target.getAttribute('action') === '/sign-out') Blazor.disconnect();
});

// One has ten pages open at most. Why no circuit came about is not said by the framework, so it is asked for.
async function sayWhyNot(error) {
  const answer = await fetch('/_blazor/negotiate?negotiateVersion=1', { method: 'POST' }).catch(() => null);
  document.getElementById('crowded').hidden = answer?.status !== 429;
  if (answer?.status === 429) {
    await pause(5000);
    location.reload();
  }
  throw error;
}

await Blazor.start({
  circuit: {
    // A dead link is noticed within 10 s, on both sides.
    configureSignalR: builder => builder.withServerTimeout(10000).withKeepAliveInterval(3000),
    reconnectionHandler: {
      onConnectionDown: () => {
        announceDisconnected();
        reconnect();
      },
      onConnectionUp: () => {
        attempt++;
        banner.hidden = true;
        announceReconnected();
      },
    },
  },
}).catch(sayWhyNot);

// The framework shows this element when something went wrong that it cannot mend; a fresh page can.
new MutationObserver(reloadWhenUp).observe(
  Object.assign(document.body.appendChild(document.createElement('div')), { id: 'blazor-error-ui', hidden: true }),
  { attributes: true });
