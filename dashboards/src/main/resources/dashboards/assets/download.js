/** Hands the visitor a file of this name with this text; a spreadsheet is told that it is UTF-8. */
export function download(name, text) {
  const address = URL.createObjectURL(new Blob(['\ufeff', text], {type: 'text/csv;charset=utf-8'}));
  Object.assign(document.createElement('a'), {href: address, download: name}).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
