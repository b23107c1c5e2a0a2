-- Whoever may see all offices signs a month off for all of them: such a row has no office.
alter table audit_review drop constraint audit_review_pkey;
alter table audit_review alter column office_no drop not null;
alter table audit_review add constraint audit_review_once unique nulls not distinct (office_no, month);

-- What was signed off in the audit log alone.
insert into audit_review (office_no, month, reviewed_by, reviewed_at, remark)
select distinct on (office_no, month) office_no, month, actor, at, remark
  from (select coalesce(c.office_no, a.office_no) as office_no, (e.detail ->> 'month' || '-01')::date as month,
               e.actor, e.at, coalesce(e.detail ->> 'note', '') as remark
          from audit_event e join account a on a.login = e.actor left join caseworker c using (caseworker_no)
         where e.action = 'audit-review-signed') signed
 order by office_no, month, at
    on conflict do nothing;
