const count = 10; // pictures side by side, as the panel makes them

// Shows in an element, whose background is a filmstrip, the picture of where the pointer is from left to right of a box; gives that place, 0 to 1.
export function showAt(element, event, box) {
  const part = Math.max(0, Math.min(0.9999, (event.clientX - box.left) / box.width));
  element.style.backgroundPositionX = `${Math.floor(part * count) / (count - 1) * 100}%`;
  return part;
}
