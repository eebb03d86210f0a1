using AltSendme.Quic;
using AltSendme.Quic.Driver;
using static AltSendme.Interop.QuicNode.Session;

namespace AltSendme.Interop.QuicNode;

/// <summary>How connections begin, and how long they last when nothing is said.</summary>
internal static partial class Scenarios
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(1);

    private static async Task IdleAsync(bool weConnect, Session session)
    {
        await session.BindAsync(new ConnectionOptions { MaxIdleTimeout = IdleTimeout }).ConfigureAwait(false);
        await session.ConnectAsync(weConnect).ConfigureAwait(false);
        var reason = await session.Connection.Closed.WaitAsync(session.Deadline).ConfigureAwait(false);
        Expect(reason.Failure == QuicFailure.TimedOut, $"Ended by {reason}.");
    }

    private static async Task KeepAliveAsync(bool weConnect, Session session)
    {
        await session.BindAsync(new ConnectionOptions { MaxIdleTimeout = IdleTimeout, KeepAliveInterval = IdleTimeout / 4 }).ConfigureAwait(false);
        await session.ConnectAsync(weConnect).ConfigureAwait(false);
        await Task.Delay(IdleTimeout * 2.5, session.Deadline).ConfigureAwait(false);
        Expect(!session.Connection.Closed.IsCompleted, "The connection ended although it was kept alive.");
        await SmallEchoAsync(session).ConfigureAwait(false);
    }

    private static async Task SeveralProtocolsAsync(bool weConnect, Session session)
    {
        await session.BindAsync().ConfigureAwait(false);
        foreach (var protocol in (string[])[SecondProtocol, Protocol])
        {
            await session.ConnectAsync(weConnect, protocol: protocol).ConfigureAwait(false);
            await OurCloseAsync(session).ConfigureAwait(false);
        }
    }

    private static async Task RetryAsync(bool weConnect, Session session)
    {
        await session.BindAsync(decision: QuicIncomingDecision.Retry).ConfigureAwait(false);
        await session.ConnectAsync(weConnect, retry: true).ConfigureAwait(false);
        Expect(session.Visitors[^1] && session.Visitors.Count(static isValidated => isValidated) == 1, $"Visitors: {string.Join(", ", session.Visitors)}.");
        await OurCloseAsync(session).ConfigureAwait(false);
    }

    // The token of the first visit proves the address at the second.
    private static async Task SecondVisitAsync(bool weConnect, Session session)
    {
        await session.BindAsync().ConfigureAwait(false);
        for (var visit = 0; visit < 2; visit++)
        {
            await session.ConnectAsync(weConnect).ConfigureAwait(false);
            await SmallEchoAsync(session).ConfigureAwait(false);
            await OurCloseAsync(session).ConfigureAwait(false);
        }

        Expect(!session.Visitors[0] && session.Visitors[^1], $"Visitors: {string.Join(", ", session.Visitors)}.");
    }
}
