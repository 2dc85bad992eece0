using System.Globalization;
using Signalbox.Server.Platform.Http;
using Signalbox.Settings;

namespace Signalbox.Server.Runs;

/// <summary>What the API of runs refuses, and how it says so.</summary>
internal static class RunsRefusals
{
    public static Refusal RunNotFound { get; } = Refusal.NotFound("run_not_found", "There is no such run in this tenant.");

    public static Refusal FileNotFound { get; } = Refusal.NotFound("run_file_not_found", "The report of this run announces no such file.");

    public static Refusal BadCursor { get; } = Refusal.Invalid("after", "This is not a cursor of this list; take it from next.");

    public static Refusal OldRevision(int revision) => Refusal.Conflict("run_revision_old", string.Create(CultureInfo.InvariantCulture, $"Revision {revision} of this run has been reported already, which is a later one."));

    public static Refusal SameRevision(int revision) => Refusal.Conflict("run_revision_differs", string.Create(CultureInfo.InvariantCulture, $"Another report has been taken as revision {revision} of this run. A changed report needs a higher revision."));

    public static Refusal FileTooLarge(string name, long most) => TooLarge("run_file_too_large", $"The file {name} is larger than {RunsOptions.FileKey} allows, which is {SizeText.Format(most)}.");

    public static Refusal RunTooLarge(long most) => TooLarge("run_too_large", $"The report and its files are larger together than {RunsOptions.RunKey} allows, which is {SizeText.Format(most)}.");

    public static Refusal QuotaUsed(long most) => TooLarge("run_quota_used", $"The runs of this tenant hold as much as {RunsOptions.QuotaKey} allows, which is {SizeText.Format(most)}. Delete some, or raise it.");

    public static Refusal NotNext(long received) => Part("range_not_next", string.Create(CultureInfo.InvariantCulture, $"The next part of this file begins at byte {received}."), received);

    public static Refusal Differs(long received) => Part("range_differs", "These bytes have been received already, with another content.", received);

    public static Refusal DigestDiffers { get; } = Part("file_digest_differs", "All of the file has arrived, and it does not have the hash that the report announces. It was dropped; send it again from its beginning.", 0);

    /// <remarks>Source: https://www.rfc-editor.org/rfc/rfc9110#name-416-range-not-satisfiable</remarks>
    public static Refusal NoSuchRange(HttpResponse response, long size)
    {
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{size}");
        return new Refusal(StatusCodes.Status416RangeNotSatisfiable, "range_not_satisfiable", "Range not satisfiable", string.Create(CultureInfo.InvariantCulture, $"This file has {size} bytes."));
    }

    private static Refusal TooLarge(string code, string detail) => new(StatusCodes.Status413PayloadTooLarge, code, "Too large", detail);

    private static Refusal Part(string code, string detail, long received) => Refusal.Conflict(code, detail) with
    {
        More = new Dictionary<string, object?>(StringComparer.Ordinal) { ["received"] = received },
    };
}
