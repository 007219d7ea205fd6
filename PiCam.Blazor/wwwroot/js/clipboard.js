// Copies what stands in a field. Over plain http the browser has no clipboard for us, only the old command.
export function select(field) {
  field.select();
}

export async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand('copy');
  }
}
