using System.Runtime.CompilerServices;
using AltSendme.Abstractions;

namespace MyPlugin;

/// <summary>Finds endpoints by files in a folder that all share, one an endpoint, an address a line. Put your service in its place.</summary>
/// <param name="self">This side.</param>
/// <param name="folder">The folder; the setting <c>Plugins:myplugin:Folder</c>.</param>
internal sealed class FolderDiscovery(EndpointId self, string folder) : IDiscovery
{
    private const int MaxLines = 64;
    private static readonly CandidateSource Source = new("myplugin");

    public async ValueTask PublishAsync(IReadOnlyList<EndpointAddress> addresses, CancellationToken cancellationToken = default)
    {
        try
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllLinesAsync(FileOf(self), addresses.Select(static address => address.ToString()), cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiscoveryException("discovery.unreachable", $"{folder} can't be written to: {exception.Message}", exception);
        }
    }

    // Anybody may have written the file: what is no address is passed over.
    public async IAsyncEnumerable<Candidate> ResolveAsync(EndpointId id, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string[] lines;
        try
        {
            lines = File.Exists(FileOf(id)) ? await File.ReadAllLinesAsync(FileOf(id), cancellationToken) : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DiscoveryException("discovery.unreachable", $"{folder} can't be read: {exception.Message}", exception);
        }

        foreach (var line in lines.Take(MaxLines))
        {
            if (EndpointAddress.TryParse(line, out var address))
                yield return new Candidate(address, Source);
        }
    }

    public ValueTask DisposeAsync()
    {
        try
        {
            File.Delete(FileOf(self));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Not found any more, or not ours to remove.
        }

        return ValueTask.CompletedTask;
    }

    private string FileOf(EndpointId id) => Path.Combine(folder, id.ToString());
}
