// Hands a file that came over the circuit to the browser's downloads.
export async function save(name, stream) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: 'application/zip' }));
  link.download = name;
  link.click();
  // Not at once: some browsers begin the download a moment later.
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
