using System.Net;
using System.Net.Sockets;

namespace AltSendme.Dns;

/// <summary>
/// A resolver's client (RFC 1034, section 5.3.1): asks the servers one after the other until one answers. It keeps nothing between questions; who asks keeps answers for their
/// <see cref="DnsAnswer.TimeToLive"/>. Thread-safe.
/// </summary>
public sealed class DnsClient(DnsClientOptions options, TimeProvider timeProvider)
{
    /// <summary>Asks for the records of a name.</summary>
    /// <exception cref="DnsLookupException">No server gave an answer in time.</exception>
    public async Task<DnsAnswer> QueryAsync(DnsName name, DnsType type, CancellationToken cancellationToken = default)
    {
        // Ended by the caller, or when the whole lookup takes too long.
        using var overall = new CancellationTokenSource(options.Timeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(overall.Token, cancellationToken);
        var question = new DnsQuestion(name, type);
        var failures = new Dictionary<IPEndPoint, string>();
        var servers = (options.Servers ?? SystemDnsServers.Read()).Take(DnsClientOptions.MaxServers).ToArray();
        for (var round = 0; round < options.Rounds && !overall.IsCancellationRequested; round++)
        {
            foreach (var server in servers)
            {
                var (response, failure) = await TryAsync(server, question, both.Token);
                cancellationToken.ThrowIfCancellationRequested();
                if (response is not null)
                    return DnsAnswer.From(response, name, type);
                failures[server] = failure!;
            }
        }

        throw new DnsLookupException(failures.Count == 0 ? "There is no DNS server to ask." : $"No DNS server answered: {string.Join("; ", failures.Select(static entry => $"{entry.Key}: {entry.Value}"))}.");
    }

    private async Task<(DnsMessage? Response, string? Failure)> TryAsync(IPEndPoint server, DnsQuestion question, CancellationToken cancellationToken)
    {
        // Ended with the lookup, or when this server takes too long.
        using var attempt = new CancellationTokenSource(options.AttemptTimeout, timeProvider);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(attempt.Token, cancellationToken);
        try
        {
            var response = await DnsExchange.AskAsync(server, question, withEdns: true, both.Token);

            // Servers from before 1999 do not know extensions (RFC 6891, section 7).
            if (response.ResponseCode is DnsResponseCode.FormatError or DnsResponseCode.NotImplemented)
                response = await DnsExchange.AskAsync(server, question, withEdns: false, both.Token);
            return response.ResponseCode is DnsResponseCode.NoError or DnsResponseCode.NameError ? (response, null) : (null, $"it answered {response.ResponseCode}");
        }
        catch (OperationCanceledException)
        {
            return (null, "it did not answer in time");
        }
        catch (SocketException exception)
        {
            return (null, exception.Message);
        }
        catch (IOException exception)
        {
            return (null, exception.Message);
        }
        catch (InvalidDataException exception)
        {
            return (null, exception.Message);
        }
    }
}
