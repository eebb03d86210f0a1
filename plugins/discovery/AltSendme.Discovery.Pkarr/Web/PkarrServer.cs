using System.Net;
using AltSendme.Abstractions;
using AltSendme.Discovery.Pkarr.Packets;
using AltSendme.Primitives.Encoding;

namespace AltSendme.Discovery.Pkarr.Web;

/// <summary>One pkarr server, as a client sees it: packets are put and got at <c>URL/ID</c>, the id in z-base-32.</summary>
/// <param name="url">The URL without the id.</param>
/// <param name="web">The way there; belongs to the plugin.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class PkarrServer(Uri url, PkarrWeb web, TimeProvider timeProvider)
{
    /// <summary>What people know it by.</summary>
    public string Host => url.Host;

    /// <summary>Stores a packet.</summary>
    /// <returns>False when the server has a newer one.</returns>
    /// <exception cref="DiscoveryException">It could not be asked, or refuses.</exception>
    public async Task<bool> TryPutAsync(EndpointId id, SignedPacket packet, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, Address(id)) { Content = new ReadOnlyMemoryContent(packet.Payload) };
        return await AskAsync(
            request,
            static (response, _) => Task.FromResult(response.StatusCode switch
            {
                HttpStatusCode.Conflict or HttpStatusCode.PreconditionFailed => false,
                _ when response.IsSuccessStatusCode => true,
                _ => throw Refused(response),
            }),
            cancellationToken);
    }

    /// <summary>Gets the payload of an endpoint's packet, not verified; <see langword="null"/> when the server has none.</summary>
    /// <exception cref="DiscoveryException">It could not be asked, or refuses.</exception>
    public async Task<byte[]?> GetAsync(EndpointId id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(id));
        return await AskAsync(
            request,
            static async (response, token) => response.StatusCode switch
            {
                HttpStatusCode.NotFound or HttpStatusCode.NoContent => null,
                HttpStatusCode.OK => await ReadAsync(response, token),
                _ => throw Refused(response),
            },
            cancellationToken);
    }

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // A byte more than can be right tells that it is too long, whatever the headers say.
        var buffer = new byte[SignedPacket.MaxPayloadLength + 1];
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }

    private static DiscoveryException Refused(HttpResponseMessage response) =>
        new("pkarr.refused", $"The pkarr server answers {(int)response.StatusCode} {response.ReasonPhrase}. Check Plugins:altsendme.pkarr:Relays.");

    private Uri Address(EndpointId id) => new($"{url.AbsoluteUri.TrimEnd('/')}/{ZBase32.Encode(id.ToArray())}");

    private async Task<T> AskAsync<T>(HttpRequestMessage request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        // Cancelled by the caller, or when the server takes too long.
        using var limit = new CancellationTokenSource(PkarrWeb.AnswerLimit, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var response = await web.Invoker.SendAsync(request, either.Token);
            return await read(response, either.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DiscoveryException("pkarr.unreachable", $"The pkarr server {Host} did not answer within {PkarrWeb.AnswerLimit.TotalSeconds:0} seconds.", exception);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw new DiscoveryException("pkarr.unreachable", $"The pkarr server {Host} can't be reached: {exception.Message.TrimEnd('.')}. Check the network and its proxy.", exception);
        }
    }
}
