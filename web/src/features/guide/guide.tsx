import { Link } from '@tanstack/react-router';

import { Page } from '@/components/ui/page';
import { m } from '@/messages';

export function GuidePage() {
  return (
    <Page title={m.guide.title}>
      <ol className="usa-process-list">
        {m.guide.steps.map(([name, text]) => (
          <li className="usa-process-list__item" key={name}>
            <h2 className="usa-process-list__heading">{name}</h2>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      <h2>{m.guide.risks}</h2>
      <p>{m.guide.risksText}</p>
      <ul>
        <li><Link to="/calculator">{m.guide.try}</Link></li>
        <li><Link to="/verify">{m.nav.verify}</Link></li>
        <li><Link to="/register">{m.nav.register}</Link></li>
      </ul>
    </Page>
  );
}
