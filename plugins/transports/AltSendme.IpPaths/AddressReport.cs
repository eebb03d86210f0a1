using System.Net;
using System.Net.NetworkInformation;
using AltSendme.Primitives.Concurrency;

namespace AltSendme.IpPaths;

/// <summary>Keeps the list of a transport's IP addresses true while interfaces come and go. Thread-safe.</summary>
/// <param name="onUnknown">Told when the system does not list its addresses.</param>
public sealed class AddressReport(Action<NetworkInformationException> onUnknown) : IDisposable
{
    private readonly Latest<IReadOnlyList<IPEndPoint>> _addresses = new([]);
    private IReadOnlyList<IPEndPoint> _listening = [];

    /// <summary>The list now; empty before <see cref="Start"/>.</summary>
    public IReadOnlyList<IPEndPoint> Current => _addresses.Value;

    /// <summary>The list now and after each change, until disposal.</summary>
    public IAsyncEnumerable<IReadOnlyList<IPEndPoint>> WatchAsync(CancellationToken cancellationToken = default) => _addresses.WatchAsync(cancellationToken);

    /// <summary>Begins to report for what is listened on. Called once.</summary>
    public void Start(IReadOnlyList<IPEndPoint> listening)
    {
        _listening = listening;
        NetworkChange.NetworkAddressChanged += OnChanged;
        Refresh();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        NetworkChange.NetworkAddressChanged -= OnChanged;
        _addresses.Complete();
    }

    private void OnChanged(object? sender, EventArgs e) => Refresh();

    private void Refresh()
    {
        try
        {
            var addresses = LocalAddresses.Report(_listening, LocalAddresses.OfInterfaces());
            if (!addresses.SequenceEqual(_addresses.Value))
                _addresses.Set(addresses);
        }
        catch (NetworkInformationException exception)
        {
            onUnknown(exception);
        }
    }
}
