using System.Security.Cryptography;
using AltSendme.Service.Client;
using AltSendme.Service.Client.Connection;
using AltSendme.Service.Client.Contract;
using AltSendme.Service.Storage;

namespace AltSendme.Service.Web.Sessions;

/// <summary>
/// Windows that wait for their browser, each behind a secret that works once and not for long; and those that were opened, which may ask what they were opened for. Owns the files that carry the secrets.
/// </summary>
/// <param name="origin">Where the files lead.</param>
/// <param name="place">Where files are made unless somebody knows better.</param>
/// <param name="clock">The clock.</param>
internal sealed class DoorBook(string origin, ServicePlace place, TimeProvider clock) : IDisposable
{
    /// <summary>How long a browser has: enough for a cold start.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    /// <summary>Windows that wait at once.</summary>
    public const int MaxWaiting = 32;

    private const int MaxOpened = 64;
    private const int SecretBytes = 32;

    // Guards both lists: any request may change them.
    private readonly Lock _gate = new();
    private readonly List<Door> _waiting = [];
    private readonly List<(string Id, WindowOrder Order)> _opened = [];

    /// <summary>Whether a window waits for its browser.</summary>
    public bool Any
    {
        get
        {
            Sweep();
            lock (_gate)
                return _waiting.Count > 0;
        }
    }

    /// <summary>Makes a window's secret and the file that carries it.</summary>
    /// <exception cref="ServiceException">Too many wait, or the file can't be made.</exception>
    public WindowView Make(WindowOrder order)
    {
        Sweep();
        var secret = RandomNumberGenerator.GetBytes(SecretBytes);
        lock (_gate)
        {
            if (_waiting.Count >= MaxWaiting)
                throw new ServiceException(ServiceCodes.Busy, $"{MaxWaiting} windows wait for a browser already. Try again in {Lifetime.TotalMinutes:0} minutes.");
            var door = new Door(RecordId.New(), secret, order, clock.GetUtcNow() + Lifetime, DoorFile.Write(order.Folder ?? DoorFile.DefaultFolder(place), origin, secret));
            _waiting.Add(door);
            return new WindowView(door.File, origin, door.Expires);
        }
    }

    /// <summary>Takes a secret: it works once. Gives the window's id and what it was ordered for; <see langword="null"/> for a secret that is wrong, used or too old.</summary>
    public (string Id, WindowOrder Order)? TryOpen(ReadOnlySpan<byte> secret)
    {
        Sweep();
        Door? found = null;
        lock (_gate)
        {
            // All are looked at, each in constant time.
            foreach (var door in _waiting)
                found = CryptographicOperations.FixedTimeEquals(door.Secret, secret) ? door : found;
            if (found is null)
                return null;
            _waiting.Remove(found);
            if (_opened.Count >= MaxOpened)
                _opened.RemoveAt(0);
            _opened.Add((found.Id, found.Order));
        }

        DoorFile.Delete(found.File);
        return (found.Id, found.Order);
    }

    /// <summary>What a window was opened for.</summary>
    public WindowOrder? Find(string id)
    {
        lock (_gate)
            return _opened.Find(window => window.Id == id).Order;
    }

    /// <summary>Forgets doors whose time is over, and removes their files.</summary>
    public void Sweep()
    {
        List<Door> over;
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            over = [.. _waiting.Where(door => door.Expires <= now)];
            _waiting.RemoveAll(over.Contains);
        }

        foreach (var door in over)
            DoorFile.Delete(door.File);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var door in _waiting)
                DoorFile.Delete(door.File);
            _waiting.Clear();
        }
    }

    private sealed record Door(string Id, byte[] Secret, WindowOrder Order, DateTimeOffset Expires, string File);
}
