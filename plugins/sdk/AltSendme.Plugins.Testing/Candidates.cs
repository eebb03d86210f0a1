using System.Net;
using AltSendme.Abstractions;

namespace AltSendme.Plugins.Testing;

/// <summary>Sources of candidates for dials.</summary>
public static class Candidates
{
    public static async IAsyncEnumerable<Candidate> Of(params IPEndPoint[] endPoints)
    {
        foreach (var endPoint in endPoints)
        {
            await Task.Yield();
            yield return At(endPoint);
        }
    }

    public static Candidate At(IPEndPoint endPoint) => new(EndpointAddress.FromIp(endPoint), CandidateSource.Ticket);
}
