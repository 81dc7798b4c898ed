-- What open invoices still ask for, by portal, currency and due day.
CREATE TRIGGER `invoice_owed_before` AFTER UPDATE OF `status`, `balance`, `due_on` ON `invoice`
WHEN old.`status` = 'open' AND old.`balance` > 0 BEGIN
	UPDATE `owed` SET `amount` = `amount` - old.`balance`
	WHERE `organization_id` = old.`organization_id` AND `currency` = old.`currency`
		AND `due_on` = old.`due_on` AND `portal_id` = old.`portal_id`;
	UPDATE `portal` SET `outstanding` = `outstanding` - old.`balance` WHERE `id` = old.`portal_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `invoice_owes` AFTER UPDATE OF `status`, `balance`, `due_on` ON `invoice`
WHEN new.`status` = 'open' AND new.`balance` > 0 BEGIN
	INSERT INTO `owed` (`organization_id`, `portal_id`, `currency`, `due_on`, `amount`)
	VALUES (new.`organization_id`, new.`portal_id`, new.`currency`, new.`due_on`, new.`balance`)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`;
	UPDATE `portal` SET `outstanding` = `outstanding` + new.`balance` WHERE `id` = new.`portal_id`;
END;
--> statement-breakpoint
CREATE TRIGGER `owed_nothing` AFTER UPDATE OF `amount` ON `owed` WHEN new.`amount` = 0 BEGIN
	DELETE FROM `owed` WHERE `organization_id` = new.`organization_id` AND `currency` = new.`currency`
		AND `due_on` = new.`due_on` AND `portal_id` = new.`portal_id`;
END;
--> statement-breakpoint
-- What came in less what went back, by day.
CREATE TRIGGER `payment_counts` AFTER INSERT ON `payment` WHEN new.`state` = 'succeeded' BEGIN
	INSERT INTO `received` (`organization_id`, `currency`, `day`, `amount`)
	VALUES (new.`organization_id`, new.`currency`, new.`received_on`,
		CASE new.`kind` WHEN 'payment' THEN new.`amount` ELSE -new.`amount` END)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`;
END;
--> statement-breakpoint
CREATE TRIGGER `payment_succeeds` AFTER UPDATE OF `state` ON `payment`
WHEN new.`state` = 'succeeded' AND old.`state` <> 'succeeded' BEGIN
	INSERT INTO `received` (`organization_id`, `currency`, `day`, `amount`)
	VALUES (new.`organization_id`, new.`currency`, new.`received_on`,
		CASE new.`kind` WHEN 'payment' THEN new.`amount` ELSE -new.`amount` END)
	ON CONFLICT DO UPDATE SET `amount` = `amount` + excluded.`amount`;
END;
