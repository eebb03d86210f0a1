using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace AltSendme.Service.Web.Sessions;

/// <summary>Browsers that were let in, a bounded number; gone with the origin.</summary>
/// <param name="clock">The clock.</param>
internal sealed class SessionBook(TimeProvider clock)
{
    /// <summary>Sessions at once; the one that was used longest ago makes room.</summary>
    public const int MaxSessions = 32;

    /// <summary>How long a session lasts without a request.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    private const int TokenBytes = 32;

    // What a window needs at most, with room: ten thousand small files are uploaded one by one.
    private const int SessionBurst = 2000;
    private const int SessionRate = 500;
    private const int StrangerBurst = 60;
    private const int StrangerRate = 5;

    // Guards the list.
    private readonly Lock _gate = new();
    private readonly List<WindowSession> _sessions = [];

    /// <summary>What everybody without a session may ask, all together.</summary>
    public RequestBudget Strangers { get; } = new(StrangerBurst, StrangerRate, clock);

    /// <summary>Begins a session, and has the browser keep its token where no script can read it.</summary>
    public void Begin(HttpContext context)
    {
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        lock (_gate)
        {
            _sessions.RemoveAll(IsOver);
            if (_sessions.Count >= MaxSessions)
                _sessions.Remove(_sessions.MinBy(static session => session.LastUsed)!);
            _sessions.Add(new WindowSession(token, new RequestBudget(SessionBurst, SessionRate, clock)) { LastUsed = clock.GetTimestamp() });
        }

        context.Response.Cookies.Append(CookieName(context), Base64Url.EncodeToString(token), new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true });
    }

    /// <summary>The session of a request; <see langword="null"/> when it has none.</summary>
    public WindowSession? Find(HttpContext context)
    {
        if (context.Request.Cookies[CookieName(context)] is not { Length: <= 64 } text || !Base64Url.IsValid(text))
            return null;
        var token = Base64Url.DecodeFromChars(text);
        WindowSession? found = null;
        lock (_gate)
        {
            foreach (var session in _sessions)
                found = CryptographicOperations.FixedTimeEquals(session.Token, token) && !IsOver(session) ? session : found;
            if (found is not null)
                found.LastUsed = clock.GetTimestamp();
        }

        return found;
    }

    // Cookies know no ports: two services of one user would overwrite each other's.
    internal static string CookieName(HttpContext context) => string.Create(CultureInfo.InvariantCulture, $"altsendme-{context.Connection.LocalPort}");

    private bool IsOver(WindowSession session) => clock.GetElapsedTime(session.LastUsed) > Lifetime;
}
