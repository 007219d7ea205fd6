// Passkeys of the account page.

// WebAuthn ties a passkey to a name; an address has none.
export const isIp = host => /^[\d.]+$/.test(host) || host.startsWith('[');

// What this page can do: 'yes', or why not: 'http', 'address', 'browser'.
export function support() {
  if (isIp(location.hostname)) return 'address';
  if (!window.isSecureContext) return 'http';
  return window.PublicKeyCredential?.parseCreationOptionsFromJSON ? 'yes' : 'browser';
}

export async function post(address, body) {
  return await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body ?? {}) });
}

// Makes a passkey and has the panel keep it; 'ok', 'cancelled', or what went wrong.
export async function create(name) {
  const answer = await post('/account/passkey/options');
  if (!answer.ok) return (await answer.json()).detail;
  let credential;
  try {
    credential = await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(await answer.json()) });
  } catch (refused) {
    return refused.name === 'NotAllowedError' || refused.name === 'AbortError' ? 'cancelled' : refused.message;
  }
  const kept = await post('/account/passkey?name=' + encodeURIComponent(name), credential.toJSON());
  return kept.ok ? 'ok' : (await kept.json()).detail;
}
