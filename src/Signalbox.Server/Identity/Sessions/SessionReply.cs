using Microsoft.AspNetCore.Http.HttpResults;
using Signalbox.Server.Platform.Http;

namespace Signalbox.Server.Identity.Sessions;

/// <summary>Answers an attempt to open a session: with the session and its cookie, or with the refusal.</summary>
internal sealed class SessionReply(SessionCookie cookie, SessionView view, IdentityMetrics metrics)
{
    public Results<Ok<SessionInfo>, ProblemHttpResult> To(HttpContext context, Outcome<OpenedSession> outcome)
    {
        metrics.SignIn(outcome is Outcome<OpenedSession>.Refused { Refusal: var refusal } ? refusal.Code : "opened");
        return outcome.ToResult(context, opened =>
        {
            cookie.Set(context, opened.Secret, opened.ExpiresAt);
            return TypedResults.Ok(view.Of(opened));
        });
    }
}
