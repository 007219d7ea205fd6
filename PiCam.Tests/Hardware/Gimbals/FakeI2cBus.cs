using System.Device.I2c;

namespace PiCam.Tests.Hardware.Gimbals;

/// <summary>A bus with one chip of 256 registers on it, which notes every transfer and fails when told to.</summary>
internal sealed class FakeI2cBus
{
    public byte[] Registers { get; } = new byte[256];

    /// <summary>What was written, transfer by transfer, as hex.</summary>
    public List<string> Writes { get; } = [];

    public bool Fails { get; set; }

    public I2cDevice Open() => new Device(this);

    private sealed class Device(FakeI2cBus bus) : I2cDevice
    {
        public override I2cConnectionSettings ConnectionSettings { get; } = new(1, 0x40);

        public override void Read(Span<byte> buffer) => throw new NotSupportedException("A register is named before it is read.");

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Fail();
            bus.Writes.Add(Convert.ToHexString(buffer));
            for (var i = 1; i < buffer.Length; i++)
            {
                bus.Registers[buffer[0] + i - 1] = buffer[i];
            }
        }

        public override void WriteRead(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer)
        {
            Fail();
            bus.Registers.AsSpan(writeBuffer[0], readBuffer.Length).CopyTo(readBuffer);
        }

        private void Fail()
        {
            if (bus.Fails)
            {
                throw new IOException("Error 121 performing I2C data transfer.");
            }
        }
    }
}
