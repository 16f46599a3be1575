/** Short names of user agents and users: what a reader needs at a glance; the full text stays in the details. */

/** @param {string} agent as sent by the client */
export function shortAgent(agent) {
  if (!agent) return '';
  const [product = '', ...rest] = agent.split(' ');
  const [name = '', version = ''] = product.split('/');
  const controller = /system:serviceaccount:[^:\s]+:([^\s/]+)/.exec(rest.join(' '));
  if (controller) return controller[1];
  const clean = version.replace(/^v0\.0\.0.*$/, '').replace(/^v?(\d+\.\d+(?:\.\d+)?).*$/, '$1');
  return clean ? `${name} ${clean}` : name;
}

/** @param {string} user authenticated user name */
export function shortUser(user) {
  const account = /^system:serviceaccount:([^:]+):(.+)$/.exec(user || '');
  if (account) return account[1] === 'kube-system' ? account[2] : `${account[1]}/${account[2]}`;
  return (user || '').replace(/^system:(?!$)/, '');
}

/** People and robots of users, as opposed to the cluster's own parts. @param {string} user */
export function isSystem(user) {
  return /^system:(?!serviceaccount:)/.test(user) || /^system:serviceaccount:kube-system:/.test(user);
}
