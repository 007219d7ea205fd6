// The sign-in page: offers passkeys where the browser has them, which is over HTTPS and under a name only.
import { isIp, post } from './passkey.js';

const button = document.getElementById('passkey');
const error = document.getElementById('passkey-error');

if (window.isSecureContext && window.PublicKeyCredential?.parseRequestOptionsFromJSON && !isIp(location.hostname)) button.hidden = false;

button.addEventListener('click', async () => {
  error.hidden = true;
  button.disabled = true;
  try {
    const options = await (await post('/sign-in/passkey/options')).json();
    const credential = await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
    const answer = await post('/sign-in/passkey', credential.toJSON());
    if (answer.ok) return location.assign(button.dataset.to);
    error.hidden = false;
  } catch (refused) {
    // The person closed the browser's own dialog, or has no passkey here; the browser has said so itself.
    console.debug(refused);
    error.hidden = refused.name === 'NotAllowedError' || refused.name === 'AbortError';
  }
  button.disabled = false;
});
