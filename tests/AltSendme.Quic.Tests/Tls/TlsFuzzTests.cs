using System.Diagnostics;
using AltSendme.Quic.Crypto;
using AltSendme.Quic.Tls;
using AltSendme.Quic.Tls.Certificates;
using AltSendme.Quic.Tls.Messages;
using AltSendme.Quic.Tls.Wire;
using Xunit.Abstractions;

namespace AltSendme.Quic.Tests.Tls;

/// <summary>
/// Damaged messages, into the parsers and into live handshakes of both sides. A bounded share runs always;
/// <c>ALTSENDME_FUZZ_ITERATIONS</c> and <c>ALTSENDME_SEED</c> widen or replay it: one input in <see cref="LiveShare"/> goes through a whole handshake.
/// </summary>
public sealed class TlsFuzzTests(ITestOutputHelper output)
{
    private const int DefaultIterations = 20_000;
    private const int LiveShare = 64;
    private const int MaxInput = 4096;

    /// <summary>Reads a message body and says whether it was taken.</summary>
    private delegate TransportError Parser(ReadOnlySpan<byte> body);

    private static readonly Parser[] Parsers =
    [
        ReadClientHello, ReadServerHello, ReadEncryptedExtensions, CertificateRequest.Check, ReadServerCertificate, ReadClientCertificate, NewSessionTicket.Check, Assemble,
        ReadClientHelloForCertificates, ReadEncryptedExtensionsWithCertificates, ReadCertificates,
    ];

    private static int Iterations => int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_FUZZ_ITERATIONS"), out var count) ? count : DefaultIterations;

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("ALTSENDME_SEED"), out var seed) ? seed : 20260101;

    [Fact]
    public void Damaged_messages_are_taken_or_answered_with_an_error_and_never_throw()
    {
        var watch = Stopwatch.StartNew();
        var random = new Random(Seed);
        var corpus = Corpus();
        var input = new byte[MaxInput];
        var outcomes = new Dictionary<TransportErrorCode, int>();
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var length = 0;
            try
            {
                TransportError outcome;
                if (iteration % LiveShare == 0)
                {
                    outcome = RunLive(random);
                }
                else
                {
                    var (meant, source) = corpus[random.Next(corpus.Count)];
                    length = Mutation.Of(source, corpus[random.Next(corpus.Count)].Body, random, input);
                    // Mostly the parser that the message is meant for: a foreign one gives up early.
                    var parser = random.Next(4) == 0 ? Parsers[random.Next(Parsers.Length)] : meant;
                    outcome = parser(input.AsSpan(0, length));
                }

                outcomes[outcome.Code] = outcomes.GetValueOrDefault(outcome.Code) + 1;
            }
            catch (Exception fault)
            {
                Assert.Fail($"seed {Seed}, iteration {iteration}, input {Convert.ToHexString(input, 0, length)}{Environment.NewLine}{fault}");
            }
        }

        output.WriteLine($"{Iterations} inputs, seed {Seed}, {watch.Elapsed.TotalSeconds:F1} s");
        foreach (var (code, count) in outcomes.OrderByDescending(outcome => outcome.Value))
            output.WriteLine($"{count,10} {(code >= TransportErrorCode.CryptoErrorBase ? ((TlsAlert)(byte)code).ToString() : code.ToString())}");
    }

    /// <summary>A whole handshake of which one flight is damaged and cut anywhere. However that ends, it does not end well.</summary>
    private static TransportError RunLive(Random random)
    {
        var victim = (Side: (Side)random.Next(2), Level: (EncryptionLevel)random.Next(2));
        var server = HandshakePair.Configure(HandshakePair.ServerIdentity);
        var client = HandshakePair.Configure(HandshakePair.ClientIdentity);
        if (random.Next(4) == 0)
            client = client with { Groups = [.. client.Groups.Reverse()], CipherSuites = [.. client.CipherSuites.Reverse()] };
        if (random.Next(8) == 0)
            server = server with { Groups = [server.Groups[1]] };

        using var pair = new HandshakePair(client, server) { PieceLength = 1 + random.Next(600) };
        var damaged = false;
        pair.Run((side, level, bytes) =>
        {
            if ((side, level) != victim)
                return bytes;
            var copy = new byte[MaxInput];
            var length = Mutation.Of(bytes, bytes, random, copy);
            if (length >= MessageAssembler.HeaderLength && random.Next(4) != 0 && level == EncryptionLevel.Initial)
                (copy[1], copy[2], copy[3]) = (0, (byte)((length - MessageAssembler.HeaderLength) >> 8), (byte)(length - MessageAssembler.HeaderLength));
            damaged |= !copy.AsSpan(0, length).SequenceEqual(bytes);
            return copy[..length];
        });

        var error = pair.ServerError.IsError ? pair.ServerError : pair.ClientError;
        Assert.False(damaged && !error.IsError && pair.Client.IsComplete && pair.Server.IsComplete, "a damaged handshake completed");
        return error;
    }

    private static TransportError Assemble(ReadOnlySpan<byte> bytes)
    {
        var assembler = new MessageAssembler();
        TransportError error = default;
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, 7)];
            bytes = bytes[piece.Length..];
            while (!piece.IsEmpty)
            {
                if (!assembler.TryTake(ref piece, out var message, out error) && error.IsError)
                    return error;
                Assert.True(message.Length <= MessageAssembler.MaxMessageLength);
            }
        }

        return error;
    }

    /// <summary>The bodies of every message of a good handshake, with and without a retry, of real iroh hellos and of a ticket, each with its parser.</summary>
    private static List<(Parser Meant, byte[] Body)> Corpus()
    {
        var corpus = new List<(Parser, byte[])>
        {
            (NewSessionTicket.Check, [0, 0, 0, 9, 1, 2, 3, 4, 1, 1, 0, 3, 1, 2, 3, 0, 8, 0, 42, 0, 4, 0xff, 0xff, 0xff, 0xff]),
        };
        foreach (var flight in new[] { IrohCaptures.ClientHello, IrohCaptures.OldClientHello, IrohCaptures.HelloBeforeRetry, IrohCaptures.HelloAfterRetry, IrohCaptures.ServerFlight })
            AddMessages(corpus, flight);

        var preferences = HandshakePair.Configure(HandshakePair.ClientIdentity);
        foreach (var client in new[] { preferences, preferences with { Groups = [.. preferences.Groups.Reverse()] } })
        {
            var server = HandshakePair.Configure(HandshakePair.ServerIdentity) with { Groups = [preferences.Groups[0]] };
            using var pair = new HandshakePair(client, server);
            pair.Run((_, _, bytes) =>
            {
                AddMessages(corpus, bytes);
                return bytes;
            });
        }

        using (var pair = Authority.Test.Pair(Authority.Test.Issue()))
        {
            pair.Run((_, _, bytes) =>
            {
                AddMessages(corpus, bytes);
                return bytes;
            });
        }

        return corpus;
    }

    private static void AddMessages(List<(Parser Meant, byte[] Body)> corpus, ReadOnlySpan<byte> flight)
    {
        corpus.Add((Assemble, flight.ToArray()));
        var assembler = new MessageAssembler();
        while (assembler.TryTake(ref flight, out var message, out _))
        {
            Parser meant = (HandshakeType)message[0] switch
            {
                HandshakeType.ClientHello => ReadClientHello,
                HandshakeType.ServerHello => ReadServerHello,
                HandshakeType.EncryptedExtensions => ReadEncryptedExtensions,
                HandshakeType.CertificateRequest => CertificateRequest.Check,
                HandshakeType.Certificate => ReadServerCertificate,
                _ => Assemble,
            };
            corpus.Add((meant, message[MessageAssembler.HeaderLength..].ToArray()));
        }
    }

    private static TransportError ReadClientHello(ReadOnlySpan<byte> body) => ClientHello.TryRead(body, CertificateKind.RawPublicKey, out _, out var error) ? default : error;

    private static TransportError ReadClientHelloForCertificates(ReadOnlySpan<byte> body) => ClientHello.TryRead(body, CertificateKind.X509, out _, out var error) ? default : error;

    private static TransportError ReadServerHello(ReadOnlySpan<byte> body) => ServerHello.TryRead(body, out _, out var error) ? default : error;

    private static TransportError ReadEncryptedExtensions(ReadOnlySpan<byte> body) => EncryptedExtensions.TryRead(body, CertificateKind.RawPublicKey, out _, out var error) ? default : error;

    private static TransportError ReadEncryptedExtensionsWithCertificates(ReadOnlySpan<byte> body) => EncryptedExtensions.TryRead(body, CertificateKind.X509, out _, out var error) ? default : error;

    private static TransportError ReadCertificates(ReadOnlySpan<byte> body)
    {
        if (!CertificateChain.TryRead(body, out var chain, out var error))
            return error;
        var count = 0;
        foreach (var certificate in chain)
            count += certificate.IsEmpty ? CertificateChain.MaxCount + 1 : 1;
        Assert.InRange(count, 1, CertificateChain.MaxCount);
        PeerCertificate.Accept(Authority.Name, chain, out error)?.Dispose();
        return error;
    }

    private static TransportError ReadServerCertificate(ReadOnlySpan<byte> body) => Certificate.TryRead(body, Side.Server, out _, out var error) ? default : error;

    private static TransportError ReadClientCertificate(ReadOnlySpan<byte> body) => Certificate.TryRead(body, Side.Client, out _, out var error) ? default : error;
}
