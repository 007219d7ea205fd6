export const back = () => history.back();

// By a form: the browser saves the answer as it comes, however long, and this page stays. One file comes as it is.
export function download(ids) {
  const one = !ids.includes(',');
  const form = Object.assign(document.createElement('form'), {
    method: one ? 'get' : 'post',
    action: one ? `/api/media/${ids}/file` : '/api/media/archive',
    hidden: true,
  });
  form.dataset.enhance = 'false';
  const [name, value] = one ? ['download', 'true'] : ['ids', ids];
  form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
  document.body.append(form);
  form.submit();
  form.remove();
}
