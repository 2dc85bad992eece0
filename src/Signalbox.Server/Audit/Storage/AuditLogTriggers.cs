namespace Signalbox.Server.Audit.Storage;

/// <summary>The triggers that keep the tables of the audit log from being changed, in the words of each engine.</summary>
/// <remarks>1099511627776 is 2^40, the number of positions of one log.</remarks>
internal static class AuditLogTriggers
{
    public const string Sqlite = """
        CREATE TRIGGER audit_logs_grow BEFORE UPDATE ON audit_logs
            WHEN NEW.log <> OLD.log OR NEW.tenant <> OLD.tenant OR NEW.size < OLD.size OR NEW.first < OLD.first OR NEW.first > NEW.size
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a log only grows.'); END;
        CREATE TRIGGER audit_logs_stay BEFORE DELETE ON audit_logs
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a log is not deleted.'); END;
        CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: an event is not changed.'); END;
        CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events
            WHEN OLD.position % 1099511627776 >= coalesce((SELECT first FROM audit_logs WHERE log = OLD.position / 1099511627776), 0)
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: an event is not deleted before its retention is over.'); END;
        CREATE TRIGGER audit_tiles_fixed BEFORE UPDATE ON audit_tiles
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a tile is not changed.'); END;
        CREATE TRIGGER audit_tiles_stay BEFORE DELETE ON audit_tiles
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a tile is not deleted.'); END;
        CREATE TRIGGER audit_checkpoints_fixed BEFORE UPDATE ON audit_checkpoints
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a checkpoint is not changed.'); END;
        CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints
            BEGIN SELECT RAISE(ABORT, 'The audit log is append-only: a checkpoint is not deleted.'); END;
        """;

    public const string PostgreSql = """
        CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION 'The audit log is append-only: % of % is refused.', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
            END $$;
        CREATE FUNCTION audit_refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.log <> OLD.log OR NEW.tenant <> OLD.tenant OR NEW.size < OLD.size OR NEW.first < OLD.first OR NEW.first > NEW.size THEN
                    RAISE EXCEPTION 'The audit log is append-only: a log only grows.' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
        CREATE FUNCTION audit_refuse_early() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF OLD.position % 1099511627776 >= coalesce((SELECT first FROM audit_logs WHERE log = OLD.position / 1099511627776), 0) THEN
                    RAISE EXCEPTION 'The audit log is append-only: an event is not deleted before its retention is over.' USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN OLD;
            END $$;
        CREATE TRIGGER audit_logs_grow BEFORE UPDATE ON audit_logs FOR EACH ROW EXECUTE FUNCTION audit_refuse_shrinking();
        CREATE TRIGGER audit_logs_stay BEFORE DELETE ON audit_logs FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_logs_kept BEFORE TRUNCATE ON audit_logs EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events FOR EACH ROW EXECUTE FUNCTION audit_refuse_early();
        CREATE TRIGGER audit_events_kept BEFORE TRUNCATE ON audit_events EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_tiles_fixed BEFORE UPDATE OR DELETE ON audit_tiles FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_tiles_kept BEFORE TRUNCATE ON audit_tiles EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_checkpoints_fixed BEFORE UPDATE OR DELETE ON audit_checkpoints FOR EACH ROW EXECUTE FUNCTION audit_refuse();
        CREATE TRIGGER audit_checkpoints_kept BEFORE TRUNCATE ON audit_checkpoints EXECUTE FUNCTION audit_refuse();
        ALTER TABLE audit_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;
        """;

    /// <summary>A body stands on one line, because a semicolon at the end of a line ends a statement of a migration.</summary>
    public const string MySql = """
        CREATE TRIGGER audit_logs_grow BEFORE UPDATE ON audit_logs FOR EACH ROW
            BEGIN IF NEW.log <> OLD.log OR NEW.tenant <> OLD.tenant OR NEW.size < OLD.size OR NEW.first < OLD.first OR NEW.first > NEW.size THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: a log only grows.'; END IF; END;
        CREATE TRIGGER audit_logs_stay BEFORE DELETE ON audit_logs FOR EACH ROW
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: a log is not deleted.';
        CREATE TRIGGER audit_events_fixed BEFORE UPDATE ON audit_events FOR EACH ROW
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: an event is not changed.';
        CREATE TRIGGER audit_events_stay BEFORE DELETE ON audit_events FOR EACH ROW
            BEGIN IF OLD.position % 1099511627776 >= coalesce((SELECT first FROM audit_logs WHERE log = OLD.position DIV 1099511627776), 0) THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: an event is not deleted before its retention is over.'; END IF; END;
        CREATE TRIGGER audit_tiles_fixed BEFORE UPDATE ON audit_tiles FOR EACH ROW
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: a tile is not changed.';
        CREATE TRIGGER audit_tiles_stay BEFORE DELETE ON audit_tiles FOR EACH ROW
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: a tile is not deleted.';
        CREATE TRIGGER audit_checkpoints_fixed BEFORE UPDATE ON audit_checkpoints FOR EACH ROW
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: a checkpoint is not changed.';
        CREATE TRIGGER audit_checkpoints_stay BEFORE DELETE ON audit_checkpoints FOR EACH ROW
            SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'The audit log is append-only: a checkpoint is not deleted.';
        CREATE TABLE audit_guards (
            log {int} NULL,
            position {bigint} NULL,
            tile_log {int} NULL,
            tile_level {int} NULL,
            tile_number {bigint} NULL,
            checkpoint_log {int} NULL,
            checkpoint_size {bigint} NULL,
            CONSTRAINT audit_guards_of_logs FOREIGN KEY (log) REFERENCES audit_logs (log),
            CONSTRAINT audit_guards_of_events FOREIGN KEY (position) REFERENCES audit_events (position),
            CONSTRAINT audit_guards_of_tiles FOREIGN KEY (tile_log, tile_level, tile_number) REFERENCES audit_tiles (log, level, number),
            CONSTRAINT audit_guards_of_checkpoints FOREIGN KEY (checkpoint_log, checkpoint_size) REFERENCES audit_checkpoints (log, size)
        );
        """;
}
