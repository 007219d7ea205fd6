// Keys: which of them a focused control uses itself, and the shortcuts of the page's own buttons.

const fields = 'textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=searchbox], audio[controls], '
  + 'video[controls], input:not([type=button], [type=checkbox], [type=color], [type=file], [type=image], [type=radio], '
  + '[type=range], [type=reset], [type=submit])';
const lists = 'select, [role=combobox], [role=grid], [role=listbox], [role=menu], [role=menubar], [role=option], '
  + '[role=menuitem], [role=tree], [role=treeitem]';
const tracks = 'input[type=radio], input[type=range], [role=radio], [role=scrollbar], [role=slider], [role=spinbutton], [role=tab]';
const buttons = 'button, summary, label, input, [role=button], [role=checkbox], [role=radio], [role=switch], [role=tab]';

// Whether the control that has the focus uses this key (as KeyboardEvent.key names it): then no shortcut may take it.
export function taken(key, target) {
  if (!(target instanceof Element)) return false;
  if (target.closest(`${fields}, ${lists}, dialog:modal`)) return true;
  if (/^(Arrow.*|Home|End|PageUp|PageDown)$/.test(key)) return target.closest(tracks) !== null;
  if (key === ' ') return target.closest(buttons) !== null;
  if (key === 'Enter') return target.closest(`${buttons}, a[href]`) !== null;
  return false;
}

// Whether a keydown may be a shortcut at all.
export const free = event =>
  !(event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || taken(event.key, event.target));

// A button that says aria-keyshortcuts="P" is pressed by that key, if it is in reach and can be seen, opens something that can,
// or says data-always. Escape is the browser's as long as there is a popover to close by it.
export function listen() {
  document.addEventListener('keydown', event => {
    if (event.repeat || !free(event)) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (key === 'Escape' && document.querySelector(':popover-open')) return;
    const button = Array.from(document.querySelectorAll('[aria-keyshortcuts]')).find(candidate =>
      candidate.getAttribute('aria-keyshortcuts').split(' ').includes(key)
      && !candidate.disabled
      && !candidate.closest('[inert]')
      && (candidate.checkVisibility() || candidate.popoverTargetElement || 'always' in candidate.dataset));
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
