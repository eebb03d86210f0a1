using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AltSendme.Primitives.Cryptography;
using AltSendme.Quic.Driver;
using static AltSendme.Interop.QuicNode.Session;

namespace AltSendme.Interop.QuicNode;

/// <summary>What is tried, by name. Each fails with an exception that says what differed. Where it makes no difference who connected, both are tried.</summary>
internal static partial class Scenarios
{
    private const int Large = 16 << 20;
    private const int Medium = 2 << 20;
    private const int Small = 512 << 10;
    private const int ManyStreams = 1000;

    /// <summary>Runs one; false when there is none of that name.</summary>
    public static async Task<bool> RunAsync(string name, bool weConnect, Session session)
    {
        switch (name)
        {
            case "wrong-id":
                await session.BindAsync().ConfigureAwait(false);
                await (weConnect ? WrongServerAsync(session) : WrongUsAsync(session)).ConfigureAwait(false);
                return true;
            case "wrong-alpn":
                await session.BindAsync().ConfigureAwait(false);
                await (weConnect ? WrongProtocolAsync(session) : TheirWrongProtocolAsync(session)).ConfigureAwait(false);
                return true;
            case "two-addresses":
                await session.BindAsync(lossPercent: 0).ConfigureAwait(false);
                await session.ConnectAsync(weConnect, alsoDirectly: true).ConfigureAwait(false);
                await SmallEchoAsync(session).ConfigureAwait(false);
                return true;
            case "idle":
                await IdleAsync(weConnect, session).ConfigureAwait(false);
                return true;
            case "keep-alive":
                await KeepAliveAsync(weConnect, session).ConfigureAwait(false);
                return true;
            case "several-alpns":
                await SeveralProtocolsAsync(weConnect, session).ConfigureAwait(false);
                return true;
            case "retry":
                await RetryAsync(weConnect, session).ConfigureAwait(false);
                return true;
            case "second-visit":
                await SecondVisitAsync(weConnect, session).ConfigureAwait(false);
                return true;
            default:
                // "loss-20-7": 20 % of the datagrams are lost, and the seed 7 says which.
                var parts = name.Split('-');
                var isLossy = parts is ["loss", _, _];
                if ((isLossy ? SmallEchoAsync : Find(name)) is not { } scenario)
                    return false;
                if (isLossy)
                    await session.BindAsync(null, Number(parts[1]), Number(parts[2])).ConfigureAwait(false);
                else
                    await session.BindAsync().ConfigureAwait(false);
                await session.ConnectAsync(weConnect).ConfigureAwait(false);
                await scenario(session).ConfigureAwait(false);
                return true;
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Func<Session, Task>? Find(string name) => name switch
    {
        "handshake" => OurCloseAsync,
        "echo" => EchoAsync,
        "uni" => UnidirectionalAsync,
        "both-ways" => static session => BothWaysAsync(session, Large),
        "both-ways-briefly" => static session => BothWaysAsync(session, Medium),
        "many-streams" => ManyStreamsAsync,
        "half-close" => HalfCloseAsync,
        "our-reset" => OurResetAsync,
        "their-reset" => TheirResetAsync,
        "our-stop" => OurStopAsync,
        "their-stop" => TheirStopAsync,
        "datagrams" => DatagramsAsync,
        "our-close" => OurCloseAsync,
        "their-close" => TheirCloseAsync,
        "key-update" => KeyUpdateAsync,
        _ => null,
    };

    private static async Task WrongServerAsync(Session session)
    {
        var accepting = session.AskAsync(new { op = "accept" });
        try
        {
            await session.Endpoint.ConnectAsync(session.PeerAddress, session.Key, Encoding.ASCII.GetBytes(Protocol), session.Deadline).ConfigureAwait(false);
            throw new InvalidOperationException("Connected to somebody else.");
        }
        catch (QuicConnectionException fault)
        {
            // iroh serves one certificate, whoever is asked for; the difference is seen by the client.
            Expect(fault.Reason.Failure == QuicFailure.WrongPeer, $"Wrong failure: {fault.Message}");
        }

        await ExpectRefusalAsync(accepting).ConfigureAwait(false);
    }

    private static Task WrongUsAsync(Session session) => ExpectRefusalAsync(
        session.AskAsync(new { op = "connect", id = Convert.ToHexString(NewKey()), ports = new[] { session.Endpoint.LocalEndPoint.Port }, alpn = Protocol }));

    private static async Task WrongProtocolAsync(Session session)
    {
        var accepting = session.AskAsync(new { op = "accept" });
        try
        {
            await session.Endpoint.ConnectAsync(session.PeerAddress, session.PeerKey, "other"u8.ToArray(), session.Deadline).ConfigureAwait(false);
            throw new InvalidOperationException("Connected with a protocol that the peer does not speak.");
        }
        catch (QuicConnectionException fault)
        {
            Expect(fault.Reason.Failure == QuicFailure.NoCommonProtocol, $"Wrong failure: {fault.Message}");
        }

        await ExpectRefusalAsync(accepting).ConfigureAwait(false);
    }

    private static Task TheirWrongProtocolAsync(Session session) => ExpectRefusalAsync(
        session.AskAsync(new { op = "connect", id = Convert.ToHexString(session.Key), ports = new[] { session.Endpoint.LocalEndPoint.Port }, alpn = "other" }));

    private static byte[] NewKey()
    {
        var key = new byte[Ed25519.PublicKeyLength];
        Ed25519.DerivePublicKey(RandomNumberGenerator.GetBytes(Ed25519.SecretKeyLength), key);
        return key;
    }

    private static async Task ExpectRefusalAsync(Task asking)
    {
        try
        {
            await asking.ConfigureAwait(false);
        }
        catch (PeerRefusedException refused)
        {
            await Console.Out.WriteLineAsync($"peer: {refused.Message}").ConfigureAwait(false);
            return;
        }

        throw new InvalidOperationException("The peer connected.");
    }

    private static async Task EchoAsync(Session session)
    {
        await session.AskConnectionAsync("echo", count: 1).ConfigureAwait(false);
        var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
        var writing = Content.WriteAsync(stream, Medium, finish: true, session.Deadline);
        Expect(await Content.ReadAsync(stream, session.Deadline).ConfigureAwait(false) == Medium, "The echo has another length.");
        await writing.ConfigureAwait(false);
    }

    private static async Task SmallEchoAsync(Session session)
    {
        await session.AskConnectionAsync("echo", count: 1).ConfigureAwait(false);
        var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
        var writing = Content.WriteAsync(stream, Small, finish: true, session.Deadline);
        Expect(await Content.ReadAsync(stream, session.Deadline).ConfigureAwait(false) == Small, "The echo has another length.");
        await writing.ConfigureAwait(false);
    }

    private static async Task UnidirectionalAsync(Session session)
    {
        var ours = await session.Connection.OpenUnidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
        var writing = Content.WriteAsync(ours, 1 << 20, finish: true, session.Deadline);
        var theirEnd = await session.PeerStreamAsync("acceptUni").ConfigureAwait(false);
        var read = await session.AskStreamAsync("read", theirEnd).ConfigureAwait(false);
        Expect(read.GetProperty("length").GetInt64() == 1 << 20, "The peer read another length.");
        await writing.ConfigureAwait(false);

        var theirs = await session.PeerStreamAsync("openUni").ConfigureAwait(false);
        var asking = session.AskStreamAsync("write", theirs, 1 << 20, finish: true);
        var ourEnd = await session.Connection.AcceptUnidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
        Expect(await Content.ReadAsync(ourEnd, session.Deadline).ConfigureAwait(false) == 1 << 20, "We read another length.");
        await asking.ConfigureAwait(false);
    }

    // The peer echoes while it is written to: both directions are full at once.
    private static async Task BothWaysAsync(Session session, int length)
    {
        await session.AskConnectionAsync("echo", count: 4).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
            var writing = Content.WriteAsync(stream, length, finish: true, session.Deadline);
            Expect(await Content.ReadAsync(stream, session.Deadline).ConfigureAwait(false) == length, "The echo has another length.");
            await writing.ConfigureAwait(false);
        })).ConfigureAwait(false);
    }

    private static async Task ManyStreamsAsync(Session session)
    {
        await session.AskConnectionAsync("echo", count: ManyStreams).ConfigureAwait(false);
        await Task.WhenAll(Enumerable.Range(0, ManyStreams).Select(async index =>
        {
            var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
            await Content.WriteAsync(stream, index, finish: true, session.Deadline).ConfigureAwait(false);
            Expect(await Content.ReadAsync(stream, session.Deadline).ConfigureAwait(false) == index, "An echo has another length.");
        })).ConfigureAwait(false);
    }

    private static async Task HalfCloseAsync(Session session)
    {
        var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
        await Content.WriteAsync(stream, 10, finish: true, session.Deadline).ConfigureAwait(false);
        var theirs = await session.PeerStreamAsync("acceptBi").ConfigureAwait(false);
        await session.AskStreamAsync("read", theirs).ConfigureAwait(false);
        await stream.Sent.WaitAsync(session.Deadline).ConfigureAwait(false);
        await session.AskStreamAsync("write", theirs, 5000, finish: true).ConfigureAwait(false);
        Expect(await Content.ReadAsync(stream, session.Deadline).ConfigureAwait(false) == 5000, "We read another length.");
    }

    private static async Task OurResetAsync(Session session)
    {
        var (stream, theirs) = await OpenAsync(session).ConfigureAwait(false);
        stream.Reset(4711);
        var seen = await session.AskStreamAsync("receivedReset", theirs).ConfigureAwait(false);
        Expect(seen.GetProperty("code").GetInt64() == 4711, $"The peer saw {seen}.");
    }

    private static async Task TheirResetAsync(Session session)
    {
        var (stream, theirs) = await OpenAsync(session).ConfigureAwait(false);
        await session.AskStreamAsync("reset", theirs, code: 815).ConfigureAwait(false);
        Expect(await CodeOfAsync(Content.ReadAsync(stream, session.Deadline)).ConfigureAwait(false) == 815, "We saw another code.");
    }

    private static async Task OurStopAsync(Session session)
    {
        var (stream, theirs) = await OpenAsync(session).ConfigureAwait(false);
        stream.StopReading(99);
        var seen = await session.AskStreamAsync("stopped", theirs).ConfigureAwait(false);
        Expect(seen.GetProperty("code").GetInt64() == 99, $"The peer saw {seen}.");
    }

    private static async Task TheirStopAsync(Session session)
    {
        var (stream, theirs) = await OpenAsync(session).ConfigureAwait(false);
        await session.AskStreamAsync("stop", theirs, code: 77).ConfigureAwait(false);
        Expect(await CodeOfAsync(stream.Sent.WaitAsync(session.Deadline)).ConfigureAwait(false) == 77, "We saw another code.");
    }

    private static async Task DatagramsAsync(Session session)
    {
        var reading = session.AskConnectionAsync("readDatagram");
        Expect(await session.Connection.SendDatagramAsync("there"u8.ToArray()).ConfigureAwait(false), "The datagram was not taken.");
        Expect((await reading.ConfigureAwait(false)).GetProperty("data").GetString() == "there", "Another datagram came.");
        await session.AskConnectionAsync("sendDatagram", data: "back").ConfigureAwait(false);
        var received = await session.Connection.ReceiveDatagramAsync(session.Deadline).ConfigureAwait(false);
        Expect(received.Span.SequenceEqual("back"u8), "We got another datagram.");
    }

    private static async Task OurCloseAsync(Session session)
    {
        var closed = session.AskConnectionAsync("closed");
        await session.Connection.CloseAsync(42, "enough").ConfigureAwait(false);
        var text = (await closed.ConfigureAwait(false)).GetProperty("text").GetString()!;
        Expect(text.Contains("42", StringComparison.Ordinal) && text.Contains("enough", StringComparison.Ordinal), $"The peer saw: {text}");
    }

    private static async Task TheirCloseAsync(Session session)
    {
        await session.AskConnectionAsync("close", code: 17, reason: "bye").ConfigureAwait(false);
        var reason = await session.Connection.Closed.WaitAsync(session.Deadline).ConfigureAwait(false);
        Expect(reason == new QuicCloseReason(QuicFailure.ClosedByPeer, 17, "bye"), $"We saw {reason}.");
    }

    private static async Task KeyUpdateAsync(Session session)
    {
        await session.AskConnectionAsync("echo", count: 2).ConfigureAwait(false);
        for (var i = 0; i < 2; i++)
        {
            Expect(await session.Connection.UpdateKeysAsync().ConfigureAwait(false), "Keys could not be changed.");
            var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
            var writing = Content.WriteAsync(stream, 1 << 20, finish: true, session.Deadline);
            Expect(await Content.ReadAsync(stream, session.Deadline).ConfigureAwait(false) == 1 << 20, "The echo has another length.");
            await writing.ConfigureAwait(false);
        }

        var counters = await session.Connection.GetStatisticsAsync().ConfigureAwait(false);
        Expect(counters is { KeyUpdates: 2, Undecryptable: 0 }, $"Counters: {counters}");
    }

    // A stream on which both ends have sent a little, without an end.
    private static async Task<(QuicStream Ours, int Theirs)> OpenAsync(Session session)
    {
        var stream = await session.Connection.OpenBidirectionalStreamAsync(session.Deadline).ConfigureAwait(false);
        await Content.WriteAsync(stream, 10, finish: false, session.Deadline).ConfigureAwait(false);
        var theirs = await session.PeerStreamAsync("acceptBi").ConfigureAwait(false);
        await session.AskStreamAsync("write", theirs, 10).ConfigureAwait(false);
        return (stream, theirs);
    }

    private static async Task<ulong?> CodeOfAsync(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
            return null;
        }
        catch (QuicStreamException fault)
        {
            return fault.ErrorCode;
        }
    }
}
