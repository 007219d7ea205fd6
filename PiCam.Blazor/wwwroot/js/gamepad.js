// A gamepad in the hand, in the browser's "standard" layout: the left stick or the cross aims, and buttons give orders.
const deadZone = 0.15; // of the stick; worn sticks rest anywhere in it
const crossSpeed = 0.4; // of the full speed
const cross = [[12, 0, 1], [13, 0, -1], [14, -1, 0], [15, 1, 0]];

// What each button does: a method of the gimbal's, or a click on a tool of the page.
const orders = { 1: 'StopAsync', 3: 'GoHomeAsync', 16: 'GoHomeAsync' };
const clicks = { 0: '[data-tool=save]', 2: '[data-tool=record]' };

// The pull of a stick with its dead zone taken out, so that it begins at nothing.
export function pullOf(pad) {
  const pressed = n => pad.buttons[n]?.pressed === true;
  let x = 0, y = 0;
  for (const [button, dx, dy] of cross) if (pressed(button)) { x += dx * crossSpeed; y += dy * crossSpeed; }
  if (x || y) return [x, y];
  [x, y] = [pad.axes[0] ?? 0, -(pad.axes[1] ?? 0)];
  const length = Math.hypot(x, y);
  if (length <= deadZone) return [0, 0];
  const pull = Math.min(1, (length - deadZone) / (1 - deadZone)) / length;
  return [x * pull, y * pull];
}

// Looks at the pads once per picture of the page while there is one and the page is seen; pads give no events of their own.
export function gamepads(signal, { pull, order }) {
  let looking = 0, held = new Set(), last = [0, 0];
  const connected = () => (navigator.getGamepads?.() ?? []).filter(pad => pad?.connected);
  const look = () => {
    looking = 0;
    const pads = connected();
    if (signal.aborted || !pads.length || document.hidden) { letGo(); return; }
    const [x, y] = pads.map(pullOf).find(p => p[0] || p[1]) ?? [0, 0];
    if (x !== last[0] || y !== last[1]) pull(x, y);
    last = [x, y];
    const down = new Set(pads.flatMap(pad => pad.buttons.flatMap((button, n) => button.pressed ? [n] : [])));
    for (const n of down) {
      if (held.has(n)) continue;
      if (orders[n]) order(orders[n]);
      else if (clicks[n]) document.querySelector(clicks[n])?.click();
    }
    held = down;
    begin();
  };
  const begin = () => { looking ||= requestAnimationFrame(look); };
  const letGo = () => {
    if (last[0] || last[1]) pull(0, 0);
    last = [0, 0];
  };
  window.addEventListener('gamepadconnected', begin, { signal });
  document.addEventListener('visibilitychange', begin, { signal });
  if (connected().length) begin();
  return { letGo };
}
